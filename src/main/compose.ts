import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ChangedEntity } from '../shared/contract/index.ts';
import { createActivity, createDirectSink } from './activity/activity.ts';
import { createThreadSink } from './activity/thread-sink.ts';
import { createApi, type Services } from './api.ts';
import { createAudit } from './audit/audit.ts';
import { composeAccess } from './compose-access.ts';
import { createDirectory } from './directory/directory.ts';
import { createHttpApp } from './http/app.ts';
import { answerClientError } from './http/client-error.ts';
import { type Binding, createListener, type Listener } from './http/listener.ts';
import { SCIM_ROOT } from './http/scim-address.ts';
import { isAlive } from './jobs/alive.ts';
import { createJobs } from './jobs/jobs.ts';
import { type DeliveryDependencies, mailDelivery } from './mail/deliver.ts';
import { createMail } from './mail/mail.ts';
import { createMailConfiguration } from './mail/settings.ts';
import { createFollowKind } from './mapping/follow.ts';
import { createMapping } from './mapping/mapping.ts';
import { createCaller } from './operators/caller.ts';
import { createOperators } from './operators/operators.ts';
import { createAdmit } from './operators/permission.ts';
import { createOrganizationService } from './organization/organization.ts';
import type { OverviewDependencies } from './overview/overview.ts';
import { createPolicyService } from './policy/policy.ts';
import { createProfiles } from './profiles/profiles.ts';
import type { Admit, Answer } from './rpc/implement.ts';
import { createSchemas } from './schemas/schemas.ts';
import { unavailable } from './scim/error.ts';
import type { Registry } from './scim/schema/registry.ts';
import { osKeychain } from './secrets/keychain.ts';
import { createVault } from './secrets/vault.ts';
import { createConnections } from './sso/connections.ts';
import { createActivityStore } from './store/activity-log.ts';
import { createAuditInsert } from './store/audit-trail.ts';
import { createConnectionStore } from './store/connections.ts';
import { openDatabase } from './store/database.ts';
import { createDirectoryStore } from './store/directory-plane.ts';
import { createDirectorySample } from './store/directory-sample.ts';
import { createExtensionStore, createExtensionValues } from './store/extension-schemas.ts';
import { createWriter } from './store/group-commit.ts';
import { createJobStore } from './store/jobs.ts';
import { createListenerRecordStore, takeListenerLock } from './store/listener-lock.ts';
import { createMailStore } from './store/mail.ts';
import { activityMigrations } from './store/migrations/activity/index.ts';
import { identityMigrations } from './store/migrations/identity/index.ts';
import { createOperatorStore } from './store/operators.ts';
import { createOrganizationStore } from './store/organization.ts';
import { createRemember } from './store/remember.ts';
import { createSealedSecretStore } from './store/sealed-secrets.ts';
import { createSettingStore } from './store/settings.ts';
import { createSnapshot } from './store/snapshot.ts';
import { createTokenStore } from './store/tokens.ts';
import { watchData } from './store/watch.ts';
import { createTokens } from './tokens/tokens.ts';
import { VERSION } from './version.ts';

/** What an entry knows: flags and environment, already checked. */
export interface Config {
  dataDirectory: string;
  operator: string;
  /** For this run only, instead of what is stored. */
  host?: string | undefined;
  port?: number | undefined;
  publicUrl?: string | undefined;
  tls?: Binding['tls'];
  keyFile?: string | undefined;
  sqliteBinding?: string | undefined;
  /** The file of the request log's thread; without it the log is written by this one. */
  activityThread?: string | undefined;
  /** Only tests move time. */
  now?: (() => Date) | undefined;
  log(message: string, error?: unknown): void;
}

/** A composed Rollcall: nothing listens until `listener.start()`. */
export interface Rollcall {
  services: Services;
  listener: Listener;
  /** The gate before every call and command: throws `not-permitted`. */
  admit: Admit;
  answer: Answer;
  onEvent(listener: (name: string, payload: unknown) => void): void;
  /** Stops listening, writes what is queued, closes the databases. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 7643;
const DEFAULT_HOST = '127.0.0.1';

/** The composition root: every part is made here, once, and handed its ports. No singletons anywhere. */
export function compose(config: Config): Rollcall {
  const { dataDirectory, log } = config;
  const caller = createCaller(config.operator);
  const operator = caller.actor;
  const now = config.now ?? (() => new Date());
  const open = (name: string, options: Parameters<typeof openDatabase>[1]) =>
    openDatabase(join(dataDirectory, name), { ...options, nativeBinding: config.sqliteBinding });
  const identity = open('identity.db', { migrations: identityMigrations, durability: 'full' });
  const activityLog = open('activity.db', { migrations: activityMigrations, durability: 'normal' });
  const { write: commit, beforeCommit, settled } = createWriter(identity);
  // A batch holds the writes of several: each is done as whoever handed it in.
  const write: typeof commit = (work) => commit(caller.keep(work));

  const snapshot = createSnapshot(identity);
  const remember = createRemember(identity, snapshot);
  const settings = createSettingStore(identity);
  const audit = createAudit(createAuditInsert(identity), operator, now);
  // Under the write lock: of two processes at their first start, both must get the same one.
  const keychain = osKeychain(identity.transaction(() => installId(settings)).immediate());
  const secrets = createSealedSecretStore(identity);
  const vault = createVault(keychain, secrets, config.keyFile);

  const operatorStore = createOperatorStore(identity);
  const operators = createOperators({ store: operatorStore, caller, audit, write, now });
  const organization = createOrganizationService({
    store: createOrganizationStore(identity),
    settings,
    audit,
    write,
    now,
    recordOwner: operators.recordLocalOwner,
  });
  const policy = createPolicyService({
    settings,
    audit,
    write,
    defaultRoleChosen: (role) => {
      plane.services.roles.ensure(role);
    },
  });
  const currentPolicy = remember(policy.get);
  const connections = createConnections({
    store: createConnectionStore(identity),
    secrets,
    vault,
    audit,
    write,
    now,
    operator,
  });

  const delivery: DeliveryDependencies = {
    store: createMailStore(identity),
    configuration: createMailConfiguration({ settings, secrets, vault, audit, write }),
    audit,
    write,
    now,
    welcomes: () => currentPolicy()['mail.welcome'],
    organizationName: () => organization.get()?.name ?? '',
  };
  const mail = createMail(delivery);

  const directorySample = createDirectorySample(identity);
  const plane = composeAccess({
    database: identity,
    policy,
    currentPolicy,
    factReader: () => factReader(),
    factSources: () => mapping.effective(),
    letters: { welcome: mail.enqueueWelcome, forget: mail.forgetMember },
    settings,
    audit,
    write,
    now,
    caller,
    isOwner: () => operators.me().permission === 'owner',
    jobs: () => jobs,
  });
  const { access, people, deprovisioning } = plane.services;
  const schemas = createSchemas({
    store: createExtensionStore(identity),
    values: createExtensionValues(identity),
    audit,
    write,
    now,
    operator,
    brokenTargets: (next) => mapping.brokenBy(next),
  });
  const registry = remember(schemas.registry);
  const mapping = createMapping({
    settings,
    sample: directorySample,
    audit,
    write,
    registry,
    userNameIsEmail: () => currentPolicy()['userName.email'],
    traffic: () => ({
      ignored: activityStore.ignoredAttributes(),
      passwords: activityStore.ruleUses().some(({ rule }) => rule === 'secret-dropped'),
    }),
    log,
  });
  const factReader = remember(mapping.reader);
  const directoryStore = createDirectoryStore(identity, beforeCommit);
  const directory = (bound: Registry) =>
    createDirectory({
      registry: bound,
      store: directoryStore,
      access,
      audit,
      now,
      // A body that was read by schemas of a moment ago must not leave values that those of now have no place for.
      write: (work) =>
        write(() => {
          if (registry() === bound) return work();
          throw unavailable('The schemas have just been changed. Send the request again.');
        }),
    });
  const activityStore = createActivityStore(activityLog);
  const direct = createDirectSink(activityStore);
  const activity = createActivity(
    config.activityThread === undefined
      ? direct
      : createThreadSink(
          config.activityThread,
          { file: join(dataDirectory, 'activity.db'), sqliteBinding: config.sqliteBinding },
          direct,
          log,
        ),
    log,
  );

  const storedPort = () => (settings.get('listener.port') as number | undefined) ?? DEFAULT_PORT;
  const binding = (): Binding => ({
    host: config.host ?? DEFAULT_HOST,
    port: config.port ?? storedPort(),
    tls: config.tls,
  });
  const publicUrl = remember(() => config.publicUrl ?? organization.publicUrl());
  const organizationId = remember(() => organization.get()?.id);
  const origin = () => publicUrl() ?? listener.origin() ?? `http://${binding().host}:${binding().port}`;
  const endpoint = () => `${origin()}${SCIM_ROOT}/${organization.require().id}`;

  const tokens = createTokens({
    store: createTokenStore(identity, remember),
    keychain,
    audit,
    write,
    now,
    operator,
    log,
    endpoint: () => {
      const url = endpoint();
      connections.require();
      return url;
    },
    lastUse: activityStore.lastUse,
  });

  const listener = createListener({
    binding,
    handler: (boundHost) =>
      createHttpApp({
        registry,
        directory,
        snapshot,
        tokens,
        activity,
        publicUrl,
        boundHost,
        now,
        log,
        policy: currentPolicy,
        isGuardTripped: deprovisioning.isTripped,
        organizationId,
        base: () => `${origin()}${SCIM_ROOT}/${organizationId() ?? ''}`,
      }),
    onClientError: answerClientError({ activity, now }),
    takeLock: (waitMs) => takeListenerLock(dataDirectory, waitMs, config.sqliteBinding),
    record: createListenerRecordStore(identity),
    write,
    now,
  });

  const jobs = createJobs({
    store: createJobStore(identity),
    audit,
    write,
    now,
    log,
    kinds: [...plane.kinds, createFollowKind({ access, sample: directorySample }), mailDelivery(delivery)],
    as: caller.as,
    nobodyServes: () => {
      const lock = takeListenerLock(dataDirectory, 0, config.sqliteBinding);
      lock?.release();
      return lock !== undefined;
    },
    process: { pid: process.pid, isAlive },
  });

  const overview: OverviewDependencies = {
    organization,
    connections,
    policy,
    tokens,
    people,
    activity: activityStore,
    vault,
    listener,
    guard: plane.services.guard,
    observe: plane.services.observe,
    decommissionedAt: () => (settings.get('scim.decommissionedAt') as string | undefined) ?? null,
    endpoint: () => (organization.get() ? endpoint() : null),
    now,
    operator,
    dataDirectory,
    version: VERSION,
  };
  const services: Services = {
    organization,
    operators,
    connections,
    policy,
    profiles: createProfiles({ policy, liveTokens: tokens.live, ruleUses: activityStore.ruleUses }),
    schemas,
    tokens,
    ...plane.services,
    activity: activityStore,
    // What listens outlives the call that started it, and so is nobody's in particular.
    listener: { ...listener, start: () => caller.as(caller.local, listener.start) },
    jobs,
    mail,
    overview,
    endpoint,
    serviceProvider: () => ({
      entityId: `${origin()}/sso/saml/metadata`,
      acsUrl: `${origin()}/sso/saml/acs`,
      redirectUri: `${origin()}/sso/oidc/callback`,
    }),
    choosePort: (port) =>
      write(() => {
        audit.record('listener.port-changed', null, { from: storedPort(), to: port });
        settings.set('listener.port', port);
      }),
    mapping,
    changeMapping: async (change) =>
      (await mapping.save(change)) ? jobs.start('follow-mapping', {}, operator()) : undefined,
    async deleteConfiguration(fate) {
      const revoked = await write(() => {
        const ended = tokens.revokeAll();
        settings.set('scim.decommissionedAt', now().toISOString());
        if (fate !== 'keep') plane.decommission({ people: fate, actor: operator() });
        audit.record('scim.configuration-deleted', null, { people: fate, tokens: ended.length });
        return ended;
      });
      await tokens.forgetCopies(revoked);
      const job = fate === 'keep' ? undefined : await jobs.start('decommission', {}, operator());
      return { tokensRevoked: revoked.length, job };
    },
  };

  const admit = createAdmit({
    store: operatorStore,
    caller,
    isSetUp: () => organization.get() !== undefined,
    recordLocalOwner: () =>
      write(() => operators.recordLocalOwner(settings.get('organization.ownerEmail') as string | undefined)),
  });

  const listeners: ((name: string, payload: unknown) => void)[] = [];
  const emit = (name: string, payload: unknown) => {
    for (const receive of listeners) receive(name, payload);
  };
  const changed = (entities: ChangedEntity[]) => emit('changed', { entities });
  listener.onChange(() => {
    changed(['listener']);
    const state = listener.state();
    if (state.state === 'listening' && state.here) jobs.serve();
    else void jobs.rest();
  });
  const watch = watchData({ identity, activityLog }, changed);

  return {
    services,
    listener,
    admit,
    answer: createApi(services, admit, log),
    onEvent: (receive) => {
      // Where nobody watches, nobody prepares rows to be shown.
      if (listeners.length === 0)
        activity.onAppended((rows, dropped) => emit('activity.appended', { rows, dropped }));
      listeners.push(receive);
    },
    async close() {
      watch.stop();
      await listener.stop();
      await jobs.close();
      await settled();
      await activity.close();
      identity.close();
      activityLog.close();
    },
  };
}

/** Names this data directory in the OS keychain; made at the first start, so that a moved folder keeps its secrets. */
function installId(settings: { get(key: string): unknown; set(key: string, value: unknown): void }): string {
  const known = settings.get('install.id');
  if (typeof known === 'string') return known;
  const made = randomUUID();
  settings.set('install.id', made);
  return made;
}
