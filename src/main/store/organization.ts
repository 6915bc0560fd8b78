import type { Organization } from '../../shared/contract/organization.ts';
import type { OrganizationStore } from '../organization/organization.ts';
import type { Database } from './database.ts';

/** The organization on SQLite: one row. */
export function createOrganizationStore(database: Database): OrganizationStore {
  const get = database.prepare<[], Organization>(
    'SELECT id, name, created_at AS createdAt FROM organization',
  );
  const insert = database.prepare(
    'INSERT INTO organization (only, id, name, created_at) VALUES (1, @id, @name, @createdAt)',
  );
  return {
    get: () => get.get(),
    insert: (organization) => {
      insert.run(organization);
    },
  };
}
