import { AppError } from '../shared/app-error.ts';
import { serverCalls } from '../shared/contract/index.ts';
import type { PeopleStore } from './access/people.ts';
import type { ActivityStore } from './activity/activity.ts';
import type { Listener } from './http/listener.ts';
import type { OrganizationService } from './organization/organization.ts';
import { type OverviewDependencies, readOverview, readSetup } from './overview/overview.ts';
import type { PolicyService } from './policy/policy.ts';
import type { Profiles } from './profiles/profiles.ts';
import { type Answer, implement } from './rpc/implement.ts';
import type { Schemas } from './schemas/schemas.ts';
import type { Connections } from './sso/connections.ts';
import type { Tokens } from './tokens/tokens.ts';

/** What the contract is answered from: the same services that the CLI uses. */
export interface Services {
  organization: OrganizationService;
  connections: Connections;
  policy: PolicyService;
  profiles: Profiles;
  schemas: Schemas;
  tokens: Tokens;
  people: PeopleStore;
  activity: ActivityStore;
  listener: Listener;
  overview: OverviewDependencies;
  /** The URL to hand to the IdP. @throws {AppError} `no-organization` */
  endpoint(): string;
  serviceProvider(): { entityId: string; acsUrl: string; redirectUri: string };
  choosePort(port: number): Promise<void>;
  deleteConfiguration(
    people: 'keep' | 'manual' | 'suspend',
  ): Promise<{ tokensRevoked: number; membersChanged: number }>;
}

/** The one place where contract and services meet. */
export function createApi(services: Services, log: (message: string, error?: unknown) => void): Answer {
  const { organization, connections, policy, profiles, schemas, tokens, people, activity, listener } =
    services;
  return implement<keyof typeof serverCalls>(
    serverCalls,
    {
      'overview.get': () => readOverview(services.overview),
      'setup.get': () => readSetup(services.overview),
      'setup.confirmPolicy': async () => {
        await policy.confirm();
        return readSetup(services.overview);
      },

      'organization.create': (input) => organization.create(input),
      'organization.locate': async ({ location, publicUrl }) => {
        await organization.locate(location, publicUrl);
        return { endpoint: services.endpoint() };
      },

      'sso.get': () => ({
        connection: connections.get() ?? null,
        serviceProvider: services.serviceProvider(),
      }),
      'sso.inspect': (input) => connections.inspect(input),
      'sso.save': (input) => {
        organization.require();
        return connections.save(input);
      },

      'policy.get': () => policy.get(),
      'policy.set': (change) => policy.set(change),

      'profiles.get': ({ name }) => profiles.get(name),
      'profiles.switchRule': ({ rule, on }) => profiles.switchRule(rule, on),

      'schemas.list': () => schemas.list(),
      'schemas.preview': ({ resourceType, schema }) => schemas.preview(resourceType, schema),
      'schemas.register': ({ resourceType, schema }) => schemas.register(resourceType, schema),
      'schemas.replace': ({ schema, force }) => schemas.replace(schema, force),
      'schemas.usage': ({ id }) => schemas.usage(id),
      'schemas.remove': ({ id, force }) => schemas.remove(id, force),

      'tokens.list': () => tokens.list(),
      'tokens.create': (input) => tokens.create(input),
      'tokens.acknowledge': ({ id }) => tokens.acknowledge(id),
      'tokens.rotate': ({ id }) => tokens.rotate(id),
      'tokens.setProfile': ({ id, profile }) => tokens.setProfile(id, profile),
      'tokens.revoke': ({ id }) => tokens.revoke(id),
      'tokens.regenerate': ({ id }) => tokens.regenerate(id),
      'scim.deleteConfiguration': ({ people: fate }) => services.deleteConfiguration(fate),

      'members.list': (query) => ({ ...people.members(query), counts: people.counts() }),
      'members.get': ({ id }) => found(people.member(id), 'There is no such member any more.'),
      'teams.list': (query) => people.teams(query),

      'activity.list': ({ before, limit, failed, search, rule }) => {
        const items = activity.list({ before, limit, failed, search, rule });
        return { items, nextBefore: items.length === limit ? (items.at(-1)?.seq ?? null) : null };
      },
      'activity.get': ({ seq }) => found(activity.get(seq), 'This row of the activity log is gone.'),

      'listener.get': () => listener.state(),
      'listener.retry': () => listener.start(),
      'listener.choosePort': async ({ port }) => {
        await services.choosePort(port);
        return listener.start();
      },
    },
    log,
  );
}

function found<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new AppError('not-found', message);
  return value;
}
