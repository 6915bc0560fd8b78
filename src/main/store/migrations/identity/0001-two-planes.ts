import type { Migration } from '../../migrate.ts';

/**
 * The two planes (D1), tokens, the SSO connection, settings and the audit trail.
 *
 * `attributes` holds a resource as the IdP asserted it; the columns beside it are written by code, folded where
 * SCIM compares without case, because SQLite folds ASCII only. `AUTOINCREMENT` keeps row numbers from being
 * reused: index paging orders by them.
 */
export const twoPlanes: Migration = {
  id: 1,
  name: '0001-two-planes',
  up(database) {
    database.exec(`
      CREATE TABLE organization (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL CHECK (json_valid(value))
      ) STRICT, WITHOUT ROWID;

      -- The directory plane: what the IdP asserted -------------------------------------------------------------

      CREATE TABLE directory_user (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        user_name_key TEXT NOT NULL UNIQUE,
        external_id TEXT,
        display_name_key TEXT,
        active INTEGER CHECK (active IN (0, 1)),
        attributes TEXT NOT NULL CHECK (json_valid(attributes)),
        version INTEGER NOT NULL,
        created TEXT NOT NULL,
        last_modified TEXT NOT NULL
      ) STRICT;
      CREATE INDEX directory_user_external_id ON directory_user (external_id);
      CREATE INDEX directory_user_display_name ON directory_user (display_name_key);

      CREATE TABLE directory_group (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        display_name_key TEXT NOT NULL UNIQUE,
        external_id TEXT,
        attributes TEXT NOT NULL CHECK (json_valid(attributes)),
        version INTEGER NOT NULL,
        created TEXT NOT NULL,
        last_modified TEXT NOT NULL
      ) STRICT;
      CREATE INDEX directory_group_external_id ON directory_group (external_id);

      -- One row a value of a multi-valued attribute that is looked up often, e.g. ('emails.value', 'ann@acme.com').
      CREATE TABLE directory_user_value (
        path TEXT NOT NULL,
        value_key TEXT NOT NULL,
        user_pk INTEGER NOT NULL REFERENCES directory_user (pk) ON DELETE CASCADE,
        PRIMARY KEY (path, value_key, user_pk)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX directory_user_value_by_user ON directory_user_value (user_pk);

      -- member_id is what the IdP said: it may name nobody that we know, yet.
      CREATE TABLE directory_membership (
        group_pk INTEGER NOT NULL REFERENCES directory_group (pk) ON DELETE CASCADE,
        member_id TEXT NOT NULL,
        type TEXT,
        display TEXT,
        PRIMARY KEY (group_pk, member_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX directory_membership_by_member ON directory_membership (member_id, group_pk);

      -- The access plane: what it means here -------------------------------------------------------------------

      CREATE TABLE member (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        user_id TEXT UNIQUE,
        external_id TEXT,
        origin TEXT NOT NULL CHECK (origin IN ('scim', 'manual')),
        state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'suspended', 'deactivated')),
        reason TEXT NOT NULL,
        since TEXT NOT NULL,
        -- What a suspension interrupted, so that ending it returns exactly that.
        suspended_from TEXT CHECK (suspended_from IN ('pending', 'active')),
        user_name TEXT NOT NULL,
        email TEXT,
        display_name TEXT NOT NULL,
        first_name TEXT,
        last_name TEXT,
        role TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        search_key TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX member_order ON member (sort_key, id);
      CREATE INDEX member_state_order ON member (state, sort_key, id);
      CREATE INDEX member_departed ON member (external_id) WHERE user_id IS NULL;

      CREATE TABLE employee (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        member_id TEXT UNIQUE,
        status TEXT NOT NULL CHECK (status IN ('active', 'ended')),
        display_name TEXT NOT NULL,
        employee_number TEXT,
        title TEXT,
        department TEXT,
        division TEXT,
        cost_center TEXT,
        organization TEXT,
        manager_id TEXT,
        started_at TEXT NOT NULL,
        ended_at TEXT
      ) STRICT;

      CREATE TABLE team (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        group_id TEXT UNIQUE,
        external_id TEXT,
        name TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX team_order ON team (sort_key, id);

      -- Access to the endpoint, SSO, secrets -------------------------------------------------------------------

      CREATE TABLE token (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        prefix TEXT NOT NULL,
        digest BLOB NOT NULL UNIQUE,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        expires_at TEXT,
        retiring_at TEXT,
        revoked_at TEXT,
        revoked_by TEXT,
        acknowledged_at TEXT,
        keychain_copy INTEGER NOT NULL CHECK (keychain_copy IN (0, 1))
      ) STRICT;

      CREATE TABLE sso_connection (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        provider TEXT NOT NULL,
        try_out INTEGER NOT NULL CHECK (try_out IN (0, 1)),
        details TEXT NOT NULL CHECK (json_valid(details)),
        metadata TEXT,
        saved_at TEXT NOT NULL,
        saved_by TEXT NOT NULL
      ) STRICT;

      CREATE TABLE sealed_secret (
        name TEXT PRIMARY KEY,
        key_id TEXT NOT NULL,
        nonce BLOB NOT NULL,
        ciphertext BLOB NOT NULL,
        sealed_at TEXT NOT NULL
      ) STRICT;

      CREATE TABLE audit_event (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        time TEXT NOT NULL,
        actor TEXT NOT NULL,
        event TEXT NOT NULL,
        subject TEXT,
        detail TEXT NOT NULL CHECK (json_valid(detail))
      ) STRICT;

      -- Who serves this data directory. The lock file decides; this row only says it in words.
      CREATE TABLE listener (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        pid INTEGER NOT NULL,
        host TEXT NOT NULL,
        port INTEGER NOT NULL,
        secure INTEGER NOT NULL CHECK (secure IN (0, 1)),
        os_user TEXT NOT NULL,
        started_at TEXT NOT NULL
      ) STRICT;
    `);
  },
};
