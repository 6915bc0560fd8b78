import type { Migration } from '../../migrate.ts';

/**
 * Which rules of the IdP profile fired on a request, and how often each has fired. The counts are kept beside the rows
 * and not computed from them: they outlive rows that are purged.
 */
export const rules: Migration = {
  id: 2,
  name: '0002-rules',
  up(database) {
    database.exec(`
      ALTER TABLE request ADD COLUMN rules TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(rules));
      CREATE INDEX request_rules ON request (seq) WHERE rules <> '[]';

      -- idp is empty for requests whose IdP is unknown.
      CREATE TABLE rule_use (
        rule TEXT NOT NULL,
        idp TEXT NOT NULL,
        fired INTEGER NOT NULL,
        last_fired_at TEXT NOT NULL,
        PRIMARY KEY (rule, idp)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
