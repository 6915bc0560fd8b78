import type { InputOf } from '../../../shared/contract/index.ts';
import type { MailState, MailTemplate } from '../../../shared/contract/mail.ts';
import type { AttributeMapping } from '../../../shared/contract/mapping.ts';
import type { ProfileName } from '../../../shared/contract/profiles.ts';

export type MemberFilter = Pick<InputOf<'members.list'>, 'search' | 'state' | 'teamId'>;
export type ReviewFilter = Pick<InputOf<'review.list'>, 'search' | 'rule' | 'domain'>;
export type ConflictFilter = Pick<InputOf<'conflicts.list'>, 'search' | 'state'>;
export type TargetFilter = InputOf<'grants.holders'>['target'];
export type EmployeeFilter = Pick<InputOf<'employees.list'>, 'search' | 'status' | 'department'>;
export type TeamFilter = Pick<InputOf<'teams.list'>, 'search'>;
export type PreviewFilter = Pick<InputOf<'observe.preview'>, 'search' | 'kind' | 'cutOnly'>;
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
  operators: () => ['operators'] as const,
  preferences: () => ['preferences'] as const,
  membersPage: (filter: MemberFilter, page: number) => ['members', 'page', filter, page] as const,
  member: (id: string) => ['members', 'one', id] as const,
  memberEdits: (id: string) => ['members', 'edits', id] as const,
  employeesPage: (filter: EmployeeFilter, page: number) => ['employees', 'page', filter, page] as const,
  employeesUnder: (under: string | null, page: number) => ['employees', 'under', under, page] as const,
  employee: (id: string) => ['employees', 'one', id] as const,
  departments: () => ['employees', 'departments'] as const,
  mapping: () => ['mapping', 'view'] as const,
  // Not under 'mapping': it reads everybody, which is too much for every change of anything.
  mappingPreview: (mapping: AttributeMapping | null) => ['mapping-preview', mapping] as const,
  heldPage: (search: string, page: number) => ['guard', 'page', search, page] as const,
  reviewPage: (filter: ReviewFilter, page: number) => ['review', 'page', filter, page] as const,
  reviewCounts: () => ['review', 'counts'] as const,
  reviewDecisions: () => ['review', 'decisions'] as const,
  conflictsPage: (filter: ConflictFilter, page: number) => ['conflicts', 'page', filter, page] as const,
  conflict: (id: string) => ['conflicts', 'one', id] as const,
  standing: (id: string) => ['standing', id] as const,
  previewPage: (filter: PreviewFilter, page: number) => ['observe', 'page', filter, page] as const,
  // Not under 'observe': counting plans everything, which is too much for every change of anything.
  previewCounts: () => ['observe-counts'] as const,
  team: (id: string) => ['teams', 'one', id] as const,
  roles: () => ['grants', 'roles'] as const,
  memberGrants: (memberId: string) => ['grants', 'member', memberId] as const,
  holdersPage: (target: TargetFilter, search: string, page: number) =>
    ['grants', 'holders', target, search, page] as const,
  mappings: (target: TargetFilter) => ['grants', 'mappings', target] as const,
  groups: (search: string) => ['grants', 'groups', search] as const,
  // Not under 'grants': a preview reads whole teams, which is too much for every change of anything.
  grantPreview: (change: object, search: string, page: number) =>
    ['grant-preview', change, search, page] as const,
  teamsPage: (filter: TeamFilter, page: number) => ['teams', 'page', filter, page] as const,
  activity: (filter: ActivityFilter) => ['activity', 'list', filter] as const,
  latestRequests: () => ['activity', 'latest'] as const,
  jobs: () => ['jobs'] as const,
  mailSettings: () => ['mail', 'settings'] as const,
  mailList: (state: MailState | undefined) => ['mail', 'list', state ?? null] as const,
  memberMail: (memberId: string) => ['mail', 'member', memberId] as const,
  mailPreview: (template: MailTemplate) => ['mail', 'preview', template] as const,
  request: (seq: number) => ['activity', 'one', seq] as const,
};
