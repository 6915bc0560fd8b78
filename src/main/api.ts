import { AppError } from '../shared/app-error.ts';
import { serverCalls } from '../shared/contract/index.ts';
import type { AttributeMapping } from '../shared/contract/mapping.ts';
import type { Conflicts } from './access/conflicts.ts';
import type { Deprovisioning } from './access/deprovisioning.ts';
import type { Editing } from './access/edits.ts';
import type { GrantServices } from './access/grants-services.ts';
import type { Guard } from './access/guard.ts';
import type { Observe } from './access/observe.ts';
import type { PeopleStore } from './access/people.ts';
import type { Chosen, Review } from './access/review.ts';
import type { Standings } from './access/standing.ts';
import type { Suspension } from './access/suspension.ts';
import type { ActivityStore } from './activity/activity.ts';
import type { Employees } from './employees/employees.ts';
import type { Listener } from './http/listener.ts';
import type { Job, Jobs } from './jobs/jobs.ts';
import type { MailService } from './mail/mail.ts';
import type { MappingService } from './mapping/mapping.ts';
import type { Operators } from './operators/operators.ts';
import type { OrganizationService } from './organization/organization.ts';
import { type OverviewDependencies, readOverview, readSetup } from './overview/overview.ts';
import type { PolicyService } from './policy/policy.ts';
import type { Profiles } from './profiles/profiles.ts';
import { type Admit, type Answer, implement } from './rpc/implement.ts';
import type { Schemas } from './schemas/schemas.ts';
import type { Connections } from './sso/connections.ts';
import type { Tokens } from './tokens/tokens.ts';

/** What the contract is answered from: the same services that the CLI uses. */
export interface Services {
  organization: OrganizationService;
  operators: Operators;
  connections: Connections;
  policy: PolicyService;
  profiles: Profiles;
  schemas: Schemas;
  tokens: Tokens;
  mapping: MappingService;
  /** Stores the mapping and starts the job by which the people follow it; undefined when nothing changed. */
  changeMapping(mapping: AttributeMapping): Promise<Job | undefined>;
  people: PeopleStore;
  editing: Editing;
  employees: Employees;
  grants: GrantServices['grants'];
  roles: GrantServices['roles'];
  mappings: GrantServices['mappings'];
  teams: GrantServices['teams'];
  activity: ActivityStore;
  listener: Listener;
  jobs: Jobs;
  mail: MailService;
  deprovisioning: Deprovisioning;
  review: Review;
  conflicts: Conflicts;
  guard: Guard;
  observe: Observe;
  standings: Standings;
  suspension: Suspension;
  overview: OverviewDependencies;
  /** The URL to hand to the IdP. @throws {AppError} `no-organization` */
  endpoint(): string;
  serviceProvider(): { entityId: string; acsUrl: string; redirectUri: string };
  choosePort(port: number): Promise<void>;
  deleteConfiguration(
    people: 'keep' | 'manual' | 'suspend',
  ): Promise<{ tokensRevoked: number; job: Job | undefined }>;
}

/** The one place where contract and services meet. */
export function createApi(
  services: Services,
  admit: Admit,
  log: (message: string, error?: unknown) => void,
): Answer {
  const {
    organization,
    operators,
    connections,
    policy,
    profiles,
    schemas,
    tokens,
    people,
    editing,
    employees,
    grants,
    roles,
    mappings,
    teams,
    activity,
    listener,
    jobs,
    mail,
    mapping,
    deprovisioning,
    guard,
    observe,
    standings,
    suspension,
    review,
    conflicts,
  } = services;
  const { operator } = services.overview;
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

      'operators.list': () => ({ items: operators.list(), me: operators.me() }),
      'operators.add': (input) => operators.add(input),
      'operators.set': (input) => operators.set(input),
      'operators.remove': ({ id }) => operators.remove(id),

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
      'policy.set': (change) => {
        observe.refuseToLeaveBehind(change);
        return policy.set(change);
      },

      'mapping.get': () => mapping.view(),
      'mapping.preview': (input) => mapping.preview(input.mapping),
      'mapping.set': async (input) => {
        const job = await services.changeMapping(input.mapping);
        return { view: mapping.view(), jobId: job?.id ?? null };
      },

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
      'scim.deleteConfiguration': async ({ people: fate }) => {
        const { tokensRevoked, job } = await services.deleteConfiguration(fate);
        return { tokensRevoked, jobId: job?.id ?? null };
      },

      'members.list': (query) => ({ ...people.members(query), counts: people.counts() }),
      'members.get': ({ id }) => found(people.member(id), 'There is no such member any more.'),
      'members.edits': ({ id }) => editing.of(id),
      'members.edit': ({ id, changes }) => editing.edit(id, changes, operator()),

      'employees.list': ({ offset, limit, ...filter }) => employees.list(filter, { offset, limit }),
      'employees.departments': ({ limit }) => ({ items: employees.departments(limit) }),
      'employees.tree': ({ under, offset, limit }) => employees.tree(under, { offset, limit }),
      'employees.get': ({ id }) => employees.get(id),
      'employees.setStatus': ({ id, status }) => employees.setStatus(id, status),
      'employees.end': ({ id, reason }) => employees.end(id, reason),
      'employees.reopen': ({ id }) => employees.reopen(id),
      'employees.setDates': ({ id, ...dates }) => employees.setDates(id, dates),

      'teams.list': (query) => people.teams(query),
      'teams.get': ({ id }) => found(people.team(id), 'There is no such team any more.'),
      'teams.create': ({ name }) => teams.create(name),
      'teams.rename': ({ id, name, updatedAt }) => teams.rename(id, name, updatedAt),
      'teams.remove': ({ id, updatedAt }) => teams.remove(id, updatedAt),

      'grants.ofMember': ({ memberId }) => grants.ofMember(memberId),
      'grants.holders': ({ target, ...page }) => grants.holders(target, page),
      'grants.preview': ({ change, ...page }) => grants.preview(change, page),
      'grants.give': (grant) => grants.give(grant),
      'grants.revoke': ({ memberId, target }) => grants.revoke(memberId, target),
      'grants.setTemplate': ({ memberIds, roleId }) => grants.setTemplate(memberIds, roleId),

      'mappings.list': (query) => mappings.list(query),
      'mappings.groups': (query) => mappings.groups(query),
      'mappings.add': (mapping) => mappings.add(mapping),
      'mappings.change': (change) => mappings.change(change),
      'mappings.remove': ({ id, version }) => mappings.remove(id, version),

      'roles.list': () => ({ items: roles.list() }),
      'roles.get': ({ id }) => roles.get(id),
      'roles.create': (role) => roles.create(role),
      'roles.change': (change) => roles.change(change),
      'roles.remove': ({ id, version }) => roles.remove(id, version),

      'members.standing': ({ id }) => standings.of(id),
      'members.recall': async ({ ids }) => ({ recalled: await deprovisioning.recall(ids, operator()) }),
      'members.suspend': async ({ ids, reason }) => ({
        items: await suspension.suspend(ids, reason, operator()),
      }),
      'members.resume': async ({ ids }) => ({ items: await suspension.resume(ids, operator()) }),

      'review.list': ({ offset, limit, ...filter }) => review.list(filter, { offset, limit }),
      'review.counts': () => ({ ...review.counts(), conflicts: conflicts.openCount() }),
      'review.decide': ({ decision, ids, filter, note }) =>
        review.decide(decision, chosen(ids, filter), note, operator()),
      'review.undo': ({ id }) => review.undo(id, operator()),
      'review.decisions': ({ limit }) => ({ items: review.decisions(limit) }),

      'conflicts.list': (query) => ({ ...conflicts.list(query), open: conflicts.openCount() }),
      'conflicts.get': ({ id }) => conflicts.get(id),
      'conflicts.decide': ({ id, decision, note }) => conflicts.decide(id, decision, note, operator()),
      'conflicts.undo': ({ id }) => conflicts.undo(id, operator()),

      'guard.get': () => guard.state(),
      'guard.list': ({ search, offset, limit }) => {
        const { items, total } = guard.list(search, offset, limit);
        return { items: items.map(standings.show), total };
      },
      'guard.decide': ({ decision, choice, expected }) =>
        guard.decide(decision, choice, expected, operator()),

      'observe.preview': ({ offset, limit, ...filter }) => ({
        ...observe.preview(filter, offset, limit),
        status: observe.status(),
      }),
      'observe.counts': () => observe.counts(),
      'observe.apply': ({ goLive }) => observe.apply(goLive, operator()),

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

      'jobs.list': ({ finished }) => {
        const state = listener.state();
        const runner = state.state === 'listening' ? { pid: state.pid, here: state.here } : null;
        return { items: jobs.list(finished), runner };
      },
      'jobs.get': ({ id }) => found(jobs.get(id), 'There is no such job any more.'),
      'jobs.cancel': ({ id }) => jobs.cancel(id, services.overview.operator()),

      'mail.get': () => mail.settings(),
      'mail.saveServer': (change) => mail.saveServer(change),
      'mail.saveTemplate': (template) => mail.saveTemplate(template),
      'mail.preview': (template) => mail.preview(template),
      'mail.test': ({ to }) => mail.test(to),
      'mail.list': (query) => {
        const items = mail.list(query);
        return { items, nextBefore: items.length === query.limit ? (items.at(-1)?.seq ?? null) : null };
      },
      'mail.ofMember': ({ memberId }) => mail.ofMember(memberId) ?? null,
      'mail.retry': ({ id }) => mail.retry(id),
      'mail.retryFailed': async () => ({ queued: await mail.retryFailed() }),
    },
    admit,
    log,
  );
}

function found<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new AppError('not-found', message);
  return value;
}

/** Either these, or all that match while they are as many as were shown. */
function chosen(
  ids: readonly string[] | undefined,
  filter:
    | ({ expected: number; except?: string[] | undefined } & Extract<Chosen, { filter: unknown }>['filter'])
    | undefined,
): Chosen {
  if (ids && !filter) return { ids };
  if (!filter || ids) throw new AppError('invalid-input', 'Name either ids or a filter.');
  const { expected, except = [], ...rest } = filter;
  return { filter: rest, except, expected };
}
