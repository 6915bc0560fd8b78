import { join } from 'node:path';
import { type Access, type AccessSettings, createAccess } from '../../src/main/access/access.ts';
import {
  createDeprovisioning,
  type Deprovisioning,
  type GuardLimits,
} from '../../src/main/access/deprovisioning.ts';
import type { GrantsStore } from '../../src/main/access/grants-store.ts';
import type { ObserveStore } from '../../src/main/access/observe-store.ts';
import type { PeopleStore } from '../../src/main/access/people.ts';
import { accessSettings, guardLimits } from '../../src/main/access/settings.ts';
import { createSuspension, type Suspension } from '../../src/main/access/suspension.ts';
import { createAudit } from '../../src/main/audit/audit.ts';
import { type Answers, createAnswers } from '../../src/main/directory/answer.ts';
import { createDirectory, type Directory, type RequestContext } from '../../src/main/directory/directory.ts';
import type { DirectoryStore } from '../../src/main/directory/store.ts';
import { tolerateLeniently } from '../../src/main/scim/profile.ts';
import { DEFAULT_PROJECTION } from '../../src/main/scim/projection.ts';
import { createRegistry, type Registry } from '../../src/main/scim/schema/registry.ts';
import { createAccessStore } from '../../src/main/store/access-plane.ts';
import { createAuditInsert } from '../../src/main/store/audit-trail.ts';
import { createConflictStore } from '../../src/main/store/conflicts.ts';
import { type Database, openDatabase } from '../../src/main/store/database.ts';
import { createDeprovisioningStore } from '../../src/main/store/deprovisioning.ts';
import { createDirectoryStore } from '../../src/main/store/directory-plane.ts';
import { createGrantsStore } from '../../src/main/store/grants.ts';
import { createWriter } from '../../src/main/store/group-commit.ts';
import { identityMigrations } from '../../src/main/store/migrations/identity/index.ts';
import { createObserveStore } from '../../src/main/store/observed.ts';
import { createPeopleStore } from '../../src/main/store/people.ts';
import { createSettingStore, type SettingStore } from '../../src/main/store/settings.ts';
import { DEFAULT_POLICY } from '../../src/shared/contract/policy.ts';
import { fastFolder, newDataDirectory, removeDataDirectory } from './data-directory.ts';
import { standardFacts } from './standard-facts.ts';

/** What a write fails with where a test wants it to. */
export const FAULT = 'the audit trail failed, as the test asked';

/** The two planes on a SQLite file of their own, without HTTP, tokens or SSO. */
export interface Planes {
  database: Database;
  registry: Registry;
  store: DirectoryStore;
  directory: Directory;
  answers: Answers;
  access: Access;
  people: PeopleStore;
  /** Read for each write; change it as an operator would. */
  policy: AccessSettings;
  deprovisioning: Deprovisioning;
  suspension: Suspension;
  observed: ObserveStore;
  grants: GrantsStore;
  guard: GuardLimits;
  /** Replace `now` to move time. */
  clock: { now(): Date };
  /** Members who became active for the first time. */
  welcomed: string[];
  context: RequestContext;
  /** Runs a piece of work as every write runs: in one transaction, of which an exception leaves nothing. */
  write<T>(work: () => T): Promise<T>;
  /** Nobody was ever here; policy, guard and clock go on. Quicker than another file. */
  empty(): void;
  /** As after a crash: everything is made anew on what the file holds. Policy, guard and clock go on. */
  reopen(): Planes;
  /** Set, the audit trail fails after so many events, in the middle of whatever is being written. */
  fault: { afterEvents: number | null };
  close(): Promise<void>;
}

/** Opens both planes on a fresh file. Not flushed at every commit: a test's file has no power cut to survive. */
export async function openPlanes(policy: Partial<AccessSettings> = {}): Promise<Planes> {
  const folder = await newDataDirectory(fastFolder());
  const clock = { now: () => new Date() };
  const guard = guardLimits(DEFAULT_POLICY);
  const { apply, ...rules } = { ...accessSettings(DEFAULT_POLICY, standardFacts(true)), ...policy };
  const planes = openOn(folder, rules, guard, clock);
  planes.policy.apply = apply;
  return planes;
}

function openOn(
  folder: string,
  rules: Omit<AccessSettings, 'apply'>,
  guard: GuardLimits,
  clock: { now(): Date },
): Planes {
  const database = openDatabase(join(folder, 'identity.db'), {
    migrations: identityMigrations,
    durability: 'normal',
  });
  const current = withMode(rules, createSettingStore(database));
  const fault = { afterEvents: null as number | null };
  const now = () => clock.now();
  const welcomed: string[] = [];
  const tables = database
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('role', 'setting') AND name NOT LIKE 'directory_user_text%'
       ORDER BY name = 'member_count'`,
    )
    .pluck();
  const registry = createRegistry();
  const { write, beforeCommit } = createWriter(database);
  const store = createDirectoryStore(database, beforeCommit);
  const insertEvent = createAuditInsert(database);
  const audit = createAudit(
    (event) => {
      if (fault.afterEvents !== null && fault.afterEvents-- === 0) throw new Error(FAULT);
      insertEvent(event);
    },
    'local:test',
    now,
  );
  const deprovisioning = createDeprovisioning({
    store: createDeprovisioningStore(database),
    audit,
    limits: () => guard,
    write,
    settle: (memberId, actor) => access.settle(memberId, actor),
    assertionOf: (memberId) => access.assertionOf(memberId),
    now,
  });
  const accessStore = createAccessStore(database);
  const observed = createObserveStore(database);
  const access = createAccess({
    store: accessStore,
    observed,
    conflicts: createConflictStore(database),
    deprovisioning,
    audit,
    settings: () => current,
    letters: { welcome: (memberId) => welcomed.push(memberId), forget() {} },
    now,
  });
  return {
    database,
    registry,
    store,
    access,
    answers: createAnswers(registry, store.membership),
    directory: createDirectory({ registry, store, access, audit, write, now }),
    people: createPeopleStore(database),
    policy: current,
    deprovisioning,
    suspension: createSuspension({ store: accessStore, access, write }),
    observed,
    grants: createGrantsStore(database),
    guard,
    clock,
    welcomed,
    context: {
      actor: 'token:test',
      base: 'https://rollcall.example/scim/v2/acme',
      tolerate: tolerateLeniently,
      userNameIsEmail: false,
      operations: DEFAULT_POLICY,
      projection: DEFAULT_PROJECTION,
      ifMatch: undefined,
      wantsResource: true,
    },
    write,
    fault,
    empty() {
      current.apply = 'live';
      database.pragma('foreign_keys = OFF');
      const rows = tables.all().map((table) => `DELETE FROM ${table};`);
      const words = "INSERT INTO directory_user_text (directory_user_text) VALUES ('delete-all');";
      database.exec(`BEGIN; ${rows.join(' ')} ${words} COMMIT;`);
      database.pragma('foreign_keys = ON');
    },
    reopen() {
      const { apply: _, ...kept } = current;
      database.close();
      return openOn(folder, kept, guard, clock);
    },
    async close() {
      database.close();
      await removeDataDirectory(folder);
    },
  };
}

/** Observe mode is asked of the settings by triggers too, so it is kept where they look. */
function withMode(rules: Omit<AccessSettings, 'apply'>, settings: SettingStore): AccessSettings {
  return Object.defineProperty({ ...rules } as AccessSettings, 'apply', {
    get: () => settings.get('policy.apply') ?? 'live',
    set: (value) => settings.set('policy.apply', value),
    enumerable: true,
  });
}
