import type { Setup } from '../../shared/contract/overview.ts';
import type { EmployeeStatus, MemberState } from '../../shared/contract/people.ts';
import type { RuleName } from '../../shared/contract/profiles.ts';
import type { ReviewRule } from '../../shared/contract/review.ts';

/** A step of the identity setup, or the page's view of what runs once it is set up. */
export type SetupView = Setup['current'] | 'endpoint';

function withParams(path: string, params: Record<string, string | undefined>): string {
  const entries = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`;
}

/** The addresses of the console's pages, filters included. */
export const paths = {
  overview: '/',
  members: (filter: { state?: MemberState; team?: string; member?: string } = {}) =>
    withParams('/members', filter),
  employees: (filter: { status?: EmployeeStatus; employee?: string } = {}) =>
    withParams('/employees', filter),
  review: (filter: { rule?: ReviewRule } = {}) => withParams('/review', filter),
  conflicts: (conflict?: string) => withParams('/conflicts', { conflict }),
  guard: '/guard',
  observe: '/observe',
  teams: '/teams',
  team: (team: string) => withParams('/teams', { team }),
  roles: (role?: string) => withParams('/roles', { role }),
  activity: ({
    failed = false,
    search,
    rule,
    request,
  }: {
    failed?: boolean;
    search?: string;
    rule?: RuleName;
    request?: number;
  } = {}) =>
    withParams('/activity', {
      failed: failed ? '1' : undefined,
      q: search,
      rule,
      request: request?.toString(),
    }),
  settings: '/settings',
  general: '/settings/general',
  operators: '/settings/operators',
  listener: '/settings/listener',
  about: '/settings/about',
  enterprise: '/settings/enterprise',
  policy: '/settings/enterprise/policy',
  compatibility: '/settings/enterprise/compatibility',
  mapping: '/settings/enterprise/mapping',
  schemas: (schema?: string) => withParams('/settings/enterprise/schemas', { schema }),
  mail: '/settings/enterprise/mail',
  identitySetup: (view?: SetupView) => withParams('/settings/enterprise/identity-setup', { step: view }),
};
