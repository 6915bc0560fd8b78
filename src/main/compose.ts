import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ChangedEntity } from '../shared/contract/index.ts';
import { createAccess } from './access/access.ts';
import { createActivity } from './activity/activity.ts';
import { createThreadSink } from './activity/thread-sink.ts';
import { createApi, type Services } from './api.ts';
import { createAudit } from './audit/audit.ts';
import { createDirectory } from './directory/directory.ts';
import { createHttpApp } from './http/app.ts';
import { answerClientError } from './http/client-error.ts';
import { type Binding, createListener, type Listener } from './http/listener.ts';
import { SCIM_ROOT } from './http/scim-address.ts';
import { createOrganizationService } from './organization/organization.ts';
import type { OverviewDependencies } from './overview/overview.ts';
import { createPolicyService } from './policy/policy.ts';
import { createProfiles } from './profiles/profiles.ts';
import type { Answer } from './rpc/implement.ts';
import { createSchemas } from './schemas/schemas.ts';
import { unavailable } from './scim/error.ts';
import type { Registry } from './scim/schema/registry.ts';
import { osKeychain } from './secrets/keychain.ts';
import { createVault } from './secrets/vault.ts';
import { createConnections } from './sso/connections.ts';
import { createAccessStore } from './store/access-plane.ts';
import { createActivityStore } from './store/activity-log.ts';
import { createAuditInsert } from './store/audit-trail.ts';
import { createConnectionStore } from './store/connections.ts';
import { openDatabase } from './store/database.ts';
import { createDirectoryStore } from './store/directory-plane.ts';
import { createExtensionStore, createExtensionValues } from './store/extension-schemas.ts';
import { createWriter } from './store/group-commit.ts';
import { createListenerRecordStore, takeListenerLock } from './store/listener-lock.ts';
import { activityMigrations } from './store/migrations/activity/index.ts';
import { identityMigrations } from './store/migrations/identity/index.ts';
import { createOrganizationStore } from './store/organization.ts';
import { createPeopleStore } from './store/people.ts';
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
  log(message: string, error?: unknown): void;
}

/** A composed Rollcall: nothing listens until `listener.start()`. */
export interface Rollcall {
  services: Services;
  listener: Listener;
  answer: Answer;
  onEvent(listener: (name: string, payload: unknown) => void): void;
  /** Stops listening, writes what is queued, closes the databases. */
  close(): Promise<void>;
}

export const DEFAULT_PORT = 7643;
const DEFAULT_HOST = '127.0.0.1';

/** The composition root: every part is made here, once, and handed its ports. No singletons anywhere. */
export function compose(config: Config): Rollcall {
  const { dataDirectory, operator, log } = config;
  const now = () => new Date();
  const open = (name: string, options: Parameters<typeof openDatabase>[1]) =>
    openDatabase(join(dataDirectory, name), { ...options, nativeBinding: config.sqliteBinding });
  const identity = open('identity.db', { migrations: identityMigrations, durability: 'full' });
  const activityLog = open('activity.db', { migrations: activityMigrations, durability: 'normal' });
  const { write, beforeCommit, settled } = createWriter(identity);

  const snapshot = createSnapshot(identity);
  const remember = createRemember(identity, snapshot);
  const settings = createSettingStore(identity);
  const audit = createAudit(createAuditInsert(identity), operator, now);
  // Under the write lock: of two processes at their first start, both must get the same one.
  const keychain = osKeychain(identity.transaction(() => installId(settings)).immediate());
  const secrets = createSealedSecretStore(identity);
  const vault = createVault(keychain, secrets, config.keyFile);

  const organization = createOrganizationService({
    store: createOrganizationStore(identity),
    settings,
    audit,
    write,
    now,
  });
  const policy = createPolicyService({ settings, audit, write });
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

  const access = createAccess({
    store: createAccessStore(identity),
    audit,
    now,
    policy: () => {
      const current = currentPolicy();
      return {
        userNameIsEmail: current['userName.email'],
        activation: current.activation,
        defaultRole: current['role.default'],
      };
    },
  });
  const schemas = createSchemas({
    store: createExtensionStore(identity),
    values: createExtensionValues(identity),
    audit,
    write,
    now,
    operator,
  });
  const registry = remember(schemas.registry);
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
  const people = createPeopleStore(identity);
  const activityStore = createActivityStore(activityLog);
  const direct = { append: activityStore.append, close: () => {} };
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
        organizationId,
        base: () => `${origin()}${SCIM_ROOT}/${organizationId() ?? ''}`,
      }),
    onClientError: answerClientError({ activity, now }),
    takeLock: (waitMs) => takeListenerLock(dataDirectory, waitMs, config.sqliteBinding),
    record: createListenerRecordStore(identity),
    write,
    now,
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
    decommissionedAt: () => (settings.get('scim.decommissionedAt') as string | undefined) ?? null,
    endpoint: () => (organization.get() ? endpoint() : null),
    now,
    operator,
    dataDirectory,
    version: VERSION,
  };
  const services: Services = {
    organization,
    connections,
    policy,
    profiles: createProfiles({ policy, liveTokens: tokens.live, ruleUses: activityStore.ruleUses }),
    schemas,
    tokens,
    people,
    activity: activityStore,
    listener,
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
    async deleteConfiguration(fate) {
      const done = await write(() => {
        const revoked = tokens.revokeAll();
        const membersChanged = access.release(fate, operator);
        settings.set('scim.decommissionedAt', now().toISOString());
        audit.record('scim.configuration-deleted', null, {
          people: fate,
          tokens: revoked.length,
          members: membersChanged,
        });
        return { revoked, membersChanged };
      });
      await tokens.forgetCopies(done.revoked);
      return { tokensRevoked: done.revoked.length, membersChanged: done.membersChanged };
    },
  };

  const listeners: ((name: string, payload: unknown) => void)[] = [];
  const emit = (name: string, payload: unknown) => {
    for (const receive of listeners) receive(name, payload);
  };
  const changed = (entities: ChangedEntity[]) => emit('changed', { entities });
  listener.onChange(() => changed(['listener']));
  const watch = watchData({ identity, activityLog }, changed);

  return {
    services,
    listener,
    answer: createApi(services, log),
    onEvent: (receive) => {
      // Where nobody watches, nobody prepares rows to be shown.
      if (listeners.length === 0)
        activity.onAppended((rows, dropped) => emit('activity.appended', { rows, dropped }));
      listeners.push(receive);
    },
    async close() {
      watch.stop();
      await listener.stop();
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
