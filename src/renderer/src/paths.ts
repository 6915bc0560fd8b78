import type { Setup } from '../../shared/contract/overview.ts';
import type { MemberState } from '../../shared/contract/people.ts';
import type { RuleName } from '../../shared/contract/profiles.ts';

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
  teams: '/teams',
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
  listener: '/settings/listener',
  about: '/settings/about',
  enterprise: '/settings/enterprise',
  compatibility: '/settings/enterprise/compatibility',
  schemas: (schema?: string) => withParams('/settings/enterprise/schemas', { schema }),
  identitySetup: (view?: SetupView) => withParams('/settings/enterprise/identity-setup', { step: view }),
};
