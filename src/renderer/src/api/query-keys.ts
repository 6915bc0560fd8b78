import type { InputOf } from '../../../shared/contract/index.ts';
import type { ProfileName } from '../../../shared/contract/profiles.ts';

export type MemberFilter = Pick<InputOf<'members.list'>, 'search' | 'state' | 'teamId'>;
export type TeamFilter = Pick<InputOf<'teams.list'>, 'search'>;
export type ActivityFilter = Pick<InputOf<'activity.list'>, 'search' | 'failed' | 'rule'>;

/** The names under which server data is cached; the first part is what a change invalidates. */
export const queryKeys = {
  overview: () => ['overview'] as const,
  setup: () => ['setup'] as const,
  sso: () => ['sso'] as const,
  policy: () => ['policy'] as const,
  profile: (name?: ProfileName) => ['profiles', name ?? null] as const,
  schemas: () => ['schemas', 'list'] as const,
  // Not under 'schemas': counting reads the whole directory, which is too much for every change of anything.
  schemaUsage: (id: string) => ['schema-usage', id] as const,
  schemaPreview: (definition: InputOf<'schemas.preview'> | null) => ['schema-preview', definition] as const,
  tokens: () => ['tokens'] as const,
  preferences: () => ['preferences'] as const,
  membersPage: (filter: MemberFilter, page: number) => ['members', 'page', filter, page] as const,
  member: (id: string) => ['members', 'one', id] as const,
  teamsPage: (filter: TeamFilter, page: number) => ['teams', 'page', filter, page] as const,
  activity: (filter: ActivityFilter) => ['activity', 'list', filter] as const,
  latestRequests: () => ['activity', 'latest'] as const,
  request: (seq: number) => ['activity', 'one', seq] as const,
};
