import type { Migration } from '../../migrate.ts';

/**
 * The request log and the last use of each token: a file of its own, so that logging can neither slow nor fail
 * identity data, and so that backups of one do not drag the other along.
 */
export const requests: Migration = {
  id: 1,
  name: '0001-requests',
  up(database) {
    database.exec(`
      CREATE TABLE request (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        request_id TEXT NOT NULL,
        time TEXT NOT NULL,
        idp TEXT,
        token_id TEXT,
        token_name TEXT NOT NULL,
        address TEXT NOT NULL,
        method TEXT NOT NULL,
        path TEXT NOT NULL,
        query TEXT,
        user_agent TEXT,
        status INTEGER NOT NULL,
        failed INTEGER NOT NULL CHECK (failed IN (0, 1)),
        wrote INTEGER NOT NULL CHECK (wrote IN (0, 1)),
        reason TEXT,
        scim_type TEXT,
        duration_ms REAL NOT NULL,
        resource_type TEXT,
        resource_id TEXT,
        subject TEXT,
        steps TEXT NOT NULL CHECK (json_valid(steps)),
        changed TEXT NOT NULL CHECK (json_valid(changed)),
        ignored TEXT NOT NULL CHECK (json_valid(ignored)),
        request_body TEXT,
        response_body TEXT
      ) STRICT;
      CREATE INDEX request_failed ON request (seq) WHERE failed = 1;
      CREATE INDEX request_time ON request (time, failed);
      CREATE INDEX request_authenticated ON request (seq) WHERE token_id IS NOT NULL;
      CREATE INDEX request_wrote ON request (seq) WHERE wrote = 1;

      CREATE TABLE token_use (
        token_id TEXT PRIMARY KEY,
        last_used_at TEXT NOT NULL,
        last_used_from TEXT NOT NULL,
        uses INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
