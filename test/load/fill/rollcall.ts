import { join } from 'node:path';
import { createAccess } from '../../../src/main/access/access.ts';
import { createDeprovisioning } from '../../../src/main/access/deprovisioning.ts';
import { accessSettings, guardLimits } from '../../../src/main/access/settings.ts';
import { createAudit } from '../../../src/main/audit/audit.ts';
import { createDirectory, type RequestContext } from '../../../src/main/directory/directory.ts';
import { tolerateLeniently } from '../../../src/main/scim/profile.ts';
import { readProjection } from '../../../src/main/scim/projection.ts';
import { createRegistry } from '../../../src/main/scim/schema/registry.ts';
import { createAccessStore } from '../../../src/main/store/access-plane.ts';
import { createAuditInsert } from '../../../src/main/store/audit-trail.ts';
import { createConflictStore } from '../../../src/main/store/conflicts.ts';
import { openDatabase } from '../../../src/main/store/database.ts';
import { createDeprovisioningStore } from '../../../src/main/store/deprovisioning.ts';
import { createDirectoryStore } from '../../../src/main/store/directory-plane.ts';
import { identityMigrations } from '../../../src/main/store/migrations/identity/index.ts';
import { createObserveStore } from '../../../src/main/store/observed.ts';
import { DEFAULT_POLICY } from '../../../src/shared/contract/policy.ts';
import { standardFacts } from '../../support/standard-facts.ts';
import { groupBody, userBody } from '../people.ts';
import { writeStoredIds } from '../stored-ids.ts';
import { fillArguments } from './arguments.ts';

// Fills a data directory of ours: the product's own create() on its own store, so that directory plane, access plane and
// audit trail hold exactly what the same POSTs would leave. Only the wire and the fsync of each write are left out.
const { dataDirectory, users, groups } = fillArguments();
const BATCH = 5000;

const database = openDatabase(join(dataDirectory, 'identity.db'), {
  migrations: identityMigrations,
  durability: 'full',
});
database.pragma('synchronous = OFF');
const now = () => new Date();
const audit = createAudit(createAuditInsert(database), 'local:fill', now);
const registry = createRegistry();
const settings = accessSettings(DEFAULT_POLICY, standardFacts(true));
const deprovisioning = createDeprovisioning({
  store: createDeprovisioningStore(database),
  audit,
  limits: () => guardLimits(DEFAULT_POLICY),
  write: async (work) => work(),
  settle: () => {},
  assertionOf: () => null,
  now,
});
const access = createAccess({
  store: createAccessStore(database),
  observed: createObserveStore(database),
  conflicts: createConflictStore(database),
  deprovisioning,
  audit,
  settings: () => settings,
  letters: { welcome() {}, forget() {} },
  now,
});
const directory = createDirectory({
  registry,
  store: createDirectoryStore(database),
  access,
  audit,
  write: async (work) => work(),
  now,
});
const context: RequestContext = {
  actor: 'token:fill',
  base: 'http://127.0.0.1:7643/scim/v2/acme',
  tolerate: tolerateLeniently,
  userNameIsEmail: true,
  operations: DEFAULT_POLICY,
  projection: readProjection({}),
  ifMatch: undefined,
  wantsResource: false,
};

const ids = database.prepare<[], string>('SELECT id FROM directory_user ORDER BY pk').pluck().all();
while (ids.length < users) {
  database.exec('BEGIN IMMEDIATE');
  for (let count = 0; count < BATCH && ids.length < users; count++) {
    const { id } = await directory.create(registry.userType, userBody(ids.length), context);
    ids.push(id);
  }
  database.exec('COMMIT');
}
const stored: { id: string; size: number }[] = [];
for (const size of groups) {
  database.exec('BEGIN IMMEDIATE');
  const body = groupBody(`Group of ${size}`, ids.slice(0, size));
  const { id } = await directory.create(registry.groupType, body, context);
  database.exec('COMMIT');
  stored.push({ id, size });
}
database.pragma('wal_checkpoint(TRUNCATE)');
database.close();
writeStoredIds(dataDirectory, ids, stored);
