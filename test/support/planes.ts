import { join } from 'node:path';
import { type Access, createAccess } from '../../src/main/access/access.ts';
import type { PeopleStore } from '../../src/main/access/people.ts';
import type { AccessPolicy } from '../../src/main/access/plan/plan.ts';
import { createAudit } from '../../src/main/audit/audit.ts';
import { type Answers, createAnswers } from '../../src/main/directory/answer.ts';
import { createDirectory, type Directory, type RequestContext } from '../../src/main/directory/directory.ts';
import type { DirectoryStore } from '../../src/main/directory/store.ts';
import { tolerateLeniently } from '../../src/main/scim/profile.ts';
import { DEFAULT_PROJECTION } from '../../src/main/scim/projection.ts';
import { createRegistry, type Registry } from '../../src/main/scim/schema/registry.ts';
import { createAccessStore } from '../../src/main/store/access-plane.ts';
import { createAuditInsert } from '../../src/main/store/audit-trail.ts';
import { type Database, openDatabase } from '../../src/main/store/database.ts';
import { createDirectoryStore } from '../../src/main/store/directory-plane.ts';
import { createWriter } from '../../src/main/store/group-commit.ts';
import { identityMigrations } from '../../src/main/store/migrations/identity/index.ts';
import { createPeopleStore } from '../../src/main/store/people.ts';
import { newDataDirectory, removeDataDirectory } from './data-directory.ts';

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
  policy: AccessPolicy;
  context: RequestContext;
  close(): Promise<void>;
}

/** Opens both planes on a fresh file. Not flushed at every commit: a test's file has no power cut to survive. */
export async function openPlanes(policy: Partial<AccessPolicy> = {}): Promise<Planes> {
  const folder = await newDataDirectory();
  const database = openDatabase(join(folder, 'identity.db'), {
    migrations: identityMigrations,
    durability: 'normal',
  });
  const current: AccessPolicy = {
    userNameIsEmail: true,
    activation: 'auto',
    defaultRole: 'member',
    ...policy,
  };
  const now = () => new Date();
  const registry = createRegistry();
  const { write, beforeCommit } = createWriter(database);
  const store = createDirectoryStore(database, beforeCommit);
  const audit = createAudit(createAuditInsert(database), 'local:test', now);
  const access = createAccess({
    store: createAccessStore(database),
    audit,
    policy: () => current,
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
    context: {
      actor: 'token:test',
      base: 'https://rollcall.example/scim/v2/acme',
      tolerate: tolerateLeniently,
      userNameIsEmail: false,
      projection: DEFAULT_PROJECTION,
      ifMatch: undefined,
      wantsResource: true,
    },
    async close() {
      database.close();
      await removeDataDirectory(folder);
    },
  };
}
