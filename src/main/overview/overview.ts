import type { Overview, Setup } from '../../shared/contract/overview.ts';
import type { Guard } from '../access/guard.ts';
import type { Observe } from '../access/observe.ts';
import type { PeopleStore } from '../access/people.ts';
import type { ActivityStore } from '../activity/activity.ts';
import type { Listener } from '../http/listener.ts';
import type { OrganizationService } from '../organization/organization.ts';
import type { PolicyService } from '../policy/policy.ts';
import type { Vault } from '../secrets/vault.ts';
import type { Connections } from '../sso/connections.ts';
import type { Tokens } from '../tokens/tokens.ts';
import { endpointStateOf } from './endpoint-state.ts';

export interface OverviewDependencies {
  organization: OrganizationService;
  connections: Connections;
  policy: PolicyService;
  tokens: Tokens;
  people: PeopleStore;
  activity: ActivityStore;
  vault: Vault;
  listener: Listener;
  guard: Pick<Guard, 'state'>;
  observe: Pick<Observe, 'status'>;
  decommissionedAt(): string | null;
  endpoint(): string | null;
  now(): Date;
  operator(): string;
  dataDirectory: string;
  version: string;
}

const HOUR_MS = 3_600_000;

/** One screen's worth of facts, read afresh from the data. */
export function readOverview(deps: OverviewDependencies): Overview {
  const requests = deps.activity.summary(new Date(deps.now().getTime() - HOUR_MS).toISOString());
  const tokens = deps.tokens.list();
  const connection = deps.connections.get();
  const guard = deps.guard.state();
  const observe = deps.observe.status();
  const { firstAuthenticatedAt, lastAt, lastFailure, lastHour } = requests;
  return {
    organization: deps.organization.get() ?? null,
    endpoint: deps.endpoint(),
    publicUrl: deps.organization.publicUrl(),
    endpointState: endpointStateOf({
      tokens,
      decommissionedAt: deps.decommissionedAt(),
      paused: deps.policy.get().paused,
      guardTripped: guard.tripped,
      observing: observe.mode === 'observe',
      requests,
    }),
    listener: deps.listener.state(),
    secrets: deps.vault.state(),
    sso: connection
      ? {
          protocol: connection.details.protocol,
          name:
            connection.details.protocol === 'saml' ? connection.details.entityId : connection.details.issuer,
          tryOut: connection.tryOut,
          certificateExpiresAt: lastExpiry(connection.details),
        }
      : null,
    liveTokens: tokens.filter(({ state }) => state === 'active' || state === 'retiring'),
    counts: { ...deps.people.counts(), teams: deps.people.teamCount() },
    guard,
    observe,
    requests: { firstAuthenticatedAt, lastAt, lastFailure, lastHour },
    operator: deps.operator(),
    dataDirectory: deps.dataDirectory,
    version: deps.version,
  };
}

/** The wizard's steps, told from the data: leaving and coming back needs no memory. */
export function readSetup(deps: OverviewDependencies): Setup {
  const tokens = deps.tokens.list();
  const live = tokens.filter(({ state }) => state === 'active' || state === 'retiring');
  const members = Object.values(deps.people.counts()).reduce((sum, count) => sum + count, 0);
  const firstUse = live.flatMap(({ lastUsedAt }) => lastUsedAt ?? []).sort()[0] ?? null;
  const steps: Setup['steps'] = {
    organization: {
      done: deps.organization.get() !== undefined && deps.organization.location() !== null,
      location: deps.organization.location(),
    },
    sso: { done: deps.connections.get() !== undefined },
    policy: { done: deps.policy.confirmed() },
    token: {
      done: live.some(({ acknowledged }) => acknowledged),
      unacknowledgedId: live.find(({ acknowledged }) => !acknowledged)?.id ?? null,
    },
    connect: { done: firstUse !== null, firstRequestAt: firstUse },
    review: { done: firstUse !== null && members > 0, members },
  };
  const order = ['organization', 'sso', 'policy', 'token', 'connect'] as const;
  return { steps, current: order.find((name) => !steps[name].done) ?? 'review' };
}

function lastExpiry(details: NonNullable<ReturnType<Connections['get']>>['details']): string | null {
  if (details.protocol !== 'saml') return null;
  const ends = details.certificates
    .filter(({ state }) => state !== 'expired')
    .map(({ notAfter }) => notAfter);
  return ends.sort().at(-1) ?? null;
}
