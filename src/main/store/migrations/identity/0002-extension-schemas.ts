import type { Migration } from '../../migrate.ts';

/** Schemas that an administrator registered (RFC 7643 §3.3). `urn_key` is folded: URNs are compared without case. */
export const extensionSchemas: Migration = {
  id: 2,
  name: '0002-extension-schemas',
  up(database) {
    database.exec(`
      CREATE TABLE extension_schema (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        urn_key TEXT NOT NULL UNIQUE,
        resource_type TEXT NOT NULL CHECK (resource_type IN ('User', 'Group')),
        definition TEXT NOT NULL CHECK (json_valid(definition)),
        registered_at TEXT NOT NULL,
        registered_by TEXT NOT NULL
      ) STRICT;
    `);
  },
};
