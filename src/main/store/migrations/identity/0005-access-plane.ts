import type { Migration } from '../../migrate.ts';

/**
 * The access plane in full: why somebody is in a state and what happens next, grants with their origins, receipts of
 * what was taken away, the mass-deprovision guard, reviews, conflicts, operators, jobs and mail.
 *
 * Who is in a group is not copied: grants follow from the directory's memberships, so that one change of a huge group
 * touches one row. What differs from them (held back in observe mode, kept by a recall) has rows of its own.
 */
export const accessPlane: Migration = {
  id: 5,
  name: '0005-access-plane',
  up(database) {
    database.exec(`
      CREATE TABLE new_member (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        user_id TEXT UNIQUE,
        external_id TEXT,
        -- SHA-256 of the externalId: all that a tombstone keeps of who it was.
        external_id_digest BLOB,
        origin TEXT NOT NULL CHECK (origin IN ('scim', 'manual', 'sso')),
        state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'suspended', 'deactivated', 'deleted')),
        reason TEXT NOT NULL,
        since TEXT NOT NULL,
        -- What a suspension interrupted, so that ending it returns exactly that.
        suspended_from TEXT CHECK (suspended_from IN ('pending', 'active')),
        -- What took the access away; null while nothing did.
        cause TEXT CHECK (cause IN ('inactive', 'deleted', 'rejected', 'operator', 'decommission')),
        -- The assertion that an operator recalled; it is passed over until the IdP asserts something else (D13).
        recalled TEXT CHECK (recalled IN ('inactive', 'deleted')),
        -- Groups that a recall gives back although the directory no longer names them: a JSON array of ids.
        retained_groups TEXT CHECK (json_valid(retained_groups)),
        review TEXT CHECK (review IN ('approved', 'rejected')),
        -- In observe mode: access is gone at once, the rest waits for Apply (D2).
        cut_at TEXT,
        -- The first time that they had access.
        activated_at TEXT,
        deactivate_at TEXT,
        delete_at TEXT,
        -- 1: the guard holds the irreversible part.
        held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
        user_name TEXT NOT NULL,
        email TEXT,
        email_key TEXT,
        display_name TEXT NOT NULL,
        first_name TEXT,
        last_name TEXT,
        -- The role template that it got when it came.
        role TEXT NOT NULL,
        -- Values of the resource's "roles" that were applied, folded: a JSON array.
        role_values TEXT CHECK (json_valid(role_values)),
        -- What people wrote over what the IdP asserts: a JSON object of the fields, each with what it asserted then.
        -- The edit stays until the IdP asserts something else (M15).
        edited TEXT CHECK (json_valid(edited)),
        sort_key TEXT NOT NULL,
        search_key TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
      ) STRICT;
      INSERT INTO new_member (pk, id, user_id, external_id, origin, state, reason, since, suspended_from, cause, user_name, email,
          email_key, display_name, first_name, last_name, role, sort_key, search_key, created_at, updated_at, activated_at)
        SELECT pk, id, user_id, external_id, origin, state, reason, since, suspended_from,
          CASE state WHEN 'suspended' THEN 'inactive' WHEN 'deactivated' THEN 'deleted' END,
          user_name, email, fold_case(email), display_name, first_name, last_name, role, sort_key, search_key, created_at,
          updated_at, CASE WHEN state = 'active' OR suspended_from = 'active' OR state = 'deactivated' THEN created_at END
        FROM member;
      DROP TABLE member;
      ALTER TABLE new_member RENAME TO member;
      CREATE INDEX member_order ON member (sort_key);
      CREATE INDEX member_state_order ON member (state, sort_key);
      CREATE INDEX member_email ON member (email_key) WHERE email_key IS NOT NULL;
      CREATE INDEX member_departed ON member (external_id) WHERE user_id IS NULL;
      CREATE INDEX member_deactivate_due ON member (deactivate_at) WHERE deactivate_at IS NOT NULL;
      CREATE INDEX member_delete_due ON member (delete_at) WHERE delete_at IS NOT NULL;
      CREATE INDEX member_cut ON member (pk) WHERE cut_at IS NOT NULL;
      CREATE INDEX member_retaining ON member (pk) WHERE retained_groups IS NOT NULL;
      CREATE INDEX member_with_roles ON member (pk) WHERE role_values IS NOT NULL;
      CREATE INDEX member_role ON member (role, state, cut_at);
      CREATE INDEX member_edited ON member (pk) WHERE edited IS NOT NULL;

      -- How many there are, so that the guard knows its percentage without counting.
      CREATE TABLE member_count (
        origin TEXT NOT NULL,
        state TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (origin, state)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO member_count SELECT origin, state, count(*) FROM member GROUP BY origin, state;
      CREATE TRIGGER member_counted AFTER INSERT ON member BEGIN
        INSERT INTO member_count VALUES (new.origin, new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
      END;
      CREATE TRIGGER member_uncounted AFTER DELETE ON member BEGIN
        UPDATE member_count SET n = n - 1 WHERE origin = old.origin AND state = old.state;
      END;
      CREATE TRIGGER member_recounted AFTER UPDATE OF origin, state ON member
      WHEN old.origin IS NOT new.origin OR old.state IS NOT new.state BEGIN
        UPDATE member_count SET n = n - 1 WHERE origin = old.origin AND state = old.state;
        INSERT INTO member_count VALUES (new.origin, new.state, 1) ON CONFLICT DO UPDATE SET n = n + 1;
      END;

      CREATE TABLE new_employee (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        -- Null once the member's tombstone no longer says who it was: the record stays.
        member_id TEXT UNIQUE,
        status TEXT NOT NULL CHECK (status IN ('active', 'on-leave', 'ended')),
        display_name TEXT NOT NULL,
        employee_number TEXT,
        title TEXT,
        department TEXT,
        division TEXT,
        cost_center TEXT,
        organization TEXT,
        -- What the IdP asserted: the id of a user, who may be nobody that we know.
        manager_id TEXT,
        -- Days, YYYY-MM-DD, kept by people: no IdP sends them in a standard attribute.
        starts_on TEXT,
        ends_on TEXT,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        ended_by TEXT,
        end_reason TEXT,
        -- As in member.
        edited TEXT CHECK (json_valid(edited)),
        sort_key TEXT NOT NULL,
        search_key TEXT NOT NULL
      ) STRICT;
      INSERT INTO new_employee (pk, id, member_id, status, display_name, employee_number, title, department, division, cost_center,
          organization, manager_id, started_at, ended_at, sort_key, search_key)
        SELECT pk, id, member_id, status, display_name, employee_number, title, department, division, cost_center,
          organization, manager_id, started_at, ended_at, fold_case(display_name),
          fold_case(concat_ws(char(10), display_name, employee_number, title, department, division, cost_center))
        FROM employee;
      DROP TABLE employee;
      ALTER TABLE new_employee RENAME TO employee;
      CREATE INDEX employee_order ON employee (sort_key);
      CREATE INDEX employee_manager ON employee (manager_id) WHERE manager_id IS NOT NULL;
      CREATE INDEX employee_department ON employee (department) WHERE department IS NOT NULL;
      -- Most are active: those are all less these.
      CREATE INDEX employee_status ON employee (status) WHERE status <> 'active';
      CREATE INDEX employee_edited ON employee (pk) WHERE edited IS NOT NULL;

      -- Roles, teams, grants ------------------------------------------------------------------------------------

      CREATE TABLE role (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        permissions TEXT NOT NULL CHECK (json_valid(permissions)),
        -- 1: what a push grants waits until somebody approves it for this person.
        sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
        -- 1: never granted by a push (D7).
        protected INTEGER NOT NULL CHECK (protected IN (0, 1)),
        version INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        updated_by TEXT NOT NULL
      ) STRICT;
      INSERT INTO role VALUES
        ('owner', 'Owner', 'Everything, including who else is an owner.',
         '["organization.own","organization.edit","members.edit","members.view","sign-in"]', 1, 1, 1, '1970-01-01T00:00:00.000Z',
         '1970-01-01T00:00:00.000Z', 'system'),
        ('admin', 'Admin', 'Settings and people, but not owners.',
         '["organization.edit","members.edit","members.view","sign-in"]', 1, 0, 1, '1970-01-01T00:00:00.000Z',
         '1970-01-01T00:00:00.000Z', 'system'),
        ('member', 'Member', 'Signs in and uses what the teams are given.', '["sign-in"]', 0, 0, 1,
         '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', 'system'),
        ('viewer', 'Viewer', 'Signs in and sees who is here.', '["members.view","sign-in"]', 0, 0, 1,
         '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', 'system');
      -- Members may hold roles that a policy named before there were templates.
      INSERT OR IGNORE INTO role
        SELECT DISTINCT role, role, 'Named by the provisioning policy.', '[]', 0, 0, 1, '1970-01-01T00:00:00.000Z',
          '1970-01-01T00:00:00.000Z', 'system' FROM member;
      INSERT OR IGNORE INTO role
        SELECT json_extract(value, '$'), json_extract(value, '$'), 'Named by the provisioning policy.', '[]', 0, 0, 1,
          '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z', 'system'
        FROM setting WHERE key = 'policy.role.default' AND json_type(value) = 'text';

      -- What a group or a value of "roles" gives. Without a row, nothing.
      CREATE TABLE mapping (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        group_id TEXT,
        role_value TEXT,
        role_value_key TEXT,
        team_id TEXT REFERENCES team (id) ON DELETE CASCADE,
        role_id TEXT REFERENCES role (id) ON DELETE CASCADE,
        -- Of several roles the one with the lowest number is a member's first.
        precedence INTEGER NOT NULL,
        -- 1: what it gives waits until somebody approves it for each person.
        needs_review INTEGER NOT NULL DEFAULT 0 CHECK (needs_review IN (0, 1)),
        version INTEGER NOT NULL DEFAULT 1,
        paused_at TEXT,
        paused_by TEXT,
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        CHECK ((group_id IS NULL) <> (role_value_key IS NULL)),
        CHECK ((team_id IS NULL) <> (role_id IS NULL))
      ) STRICT;
      -- Not partial: what a group gives is asked for without saying of which kind. Nulls are never equal.
      CREATE UNIQUE INDEX mapping_group_team ON mapping (group_id, team_id);
      CREATE UNIQUE INDEX mapping_group_role ON mapping (group_id, role_id);
      CREATE UNIQUE INDEX mapping_value_role ON mapping (role_value_key, role_id);
      CREATE INDEX mapping_team ON mapping (team_id) WHERE team_id IS NOT NULL;
      CREATE INDEX mapping_role ON mapping (role_id) WHERE role_id IS NOT NULL;
      INSERT INTO mapping (id, group_id, team_id, precedence, created_at, created_by)
        SELECT id, group_id, id, 100, created_at, 'system' FROM team WHERE group_id IS NOT NULL;

      -- What people gave by hand; it lives beside what the IdP gives.
      CREATE TABLE manual_grant (
        pk INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        member_id TEXT NOT NULL,
        team_id TEXT REFERENCES team (id) ON DELETE CASCADE,
        role_id TEXT REFERENCES role (id) ON DELETE CASCADE,
        note TEXT,
        granted_at TEXT NOT NULL,
        granted_by TEXT NOT NULL,
        CHECK ((team_id IS NULL) <> (role_id IS NULL))
      ) STRICT;
      CREATE UNIQUE INDEX manual_grant_team ON manual_grant (member_id, team_id);
      CREATE UNIQUE INDEX manual_grant_role ON manual_grant (member_id, role_id);
      CREATE INDEX manual_grant_by_team ON manual_grant (team_id) WHERE team_id IS NOT NULL;
      CREATE INDEX manual_grant_by_role ON manual_grant (role_id) WHERE role_id IS NOT NULL;

      -- What a push grants of a sensitive role, or by a mapping that is reviewed, holds only for those it was approved for.
      CREATE TABLE grant_approval (
        member_id TEXT NOT NULL,
        -- The id of a role or a team.
        target_id TEXT NOT NULL,
        approved_at TEXT NOT NULL,
        approved_by TEXT NOT NULL,
        PRIMARY KEY (member_id, target_id)
      ) STRICT, WITHOUT ROWID;

      -- Observe mode: what the directory says and the access plane does not follow yet ---------------------------

      CREATE TABLE unapplied (
        kind TEXT NOT NULL CHECK (kind IN ('user', 'group')),
        id TEXT NOT NULL,
        since TEXT NOT NULL,
        PRIMARY KEY (kind, id)
      ) STRICT, WITHOUT ROWID;
      -- What the membership was when it was last applied; rows exist only where the directory differs.
      CREATE TABLE unapplied_membership (
        group_id TEXT NOT NULL,
        user_id TEXT NOT NULL,
        was INTEGER NOT NULL CHECK (was IN (0, 1)),
        PRIMARY KEY (group_id, user_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX unapplied_membership_by_user ON unapplied_membership (user_id, group_id);

      CREATE TRIGGER membership_observed_joining AFTER INSERT ON directory_membership
      WHEN (SELECT value FROM setting WHERE key = 'policy.apply') = '"observe"' BEGIN
        DELETE FROM unapplied_membership WHERE was = 1 AND user_id = new.member_id
          AND group_id = (SELECT id FROM directory_group WHERE pk = new.group_pk);
        INSERT OR IGNORE INTO unapplied_membership
          SELECT id, new.member_id, 0 FROM directory_group WHERE pk = new.group_pk AND changes() = 0;
      END;
      CREATE TRIGGER membership_observed_leaving AFTER DELETE ON directory_membership
      WHEN (SELECT value FROM setting WHERE key = 'policy.apply') = '"observe"' BEGIN
        DELETE FROM unapplied_membership WHERE was = 0 AND user_id = old.member_id
          AND group_id = (SELECT id FROM directory_group WHERE pk = old.group_pk);
        INSERT OR IGNORE INTO unapplied_membership
          SELECT id, old.member_id, 1 FROM directory_group WHERE pk = old.group_pk AND changes() = 0;
      END;
      -- The memberships go with the group's row, when its id can't be asked for any more.
      CREATE TRIGGER group_observed_leaving BEFORE DELETE ON directory_group
      WHEN (SELECT value FROM setting WHERE key = 'policy.apply') = '"observe"' BEGIN
        INSERT OR IGNORE INTO unapplied_membership
          SELECT old.id, member_id, 1 FROM directory_membership WHERE group_pk = old.pk;
        DELETE FROM unapplied_membership WHERE group_id = old.id AND was = 0;
      END;

      -- Deprovisioning -------------------------------------------------------------------------------------------

      CREATE TABLE guard_trip (
        id TEXT PRIMARY KEY,
        tripped_at TEXT NOT NULL,
        window_start TEXT NOT NULL,
        threshold INTEGER NOT NULL,
        active_at_start INTEGER NOT NULL,
        resolved_at TEXT,
        resolved_by TEXT,
        resolution TEXT CHECK (resolution IN ('confirmed', 'recalled', 'chosen'))
      ) STRICT;
      CREATE UNIQUE INDEX guard_trip_open ON guard_trip (coalesce(resolved_at, '')) WHERE resolved_at IS NULL;

      -- What one deprovisioning took away, and from what.
      CREATE TABLE receipt (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        member_id TEXT NOT NULL,
        time TEXT NOT NULL,
        actor TEXT NOT NULL,
        cause TEXT NOT NULL CHECK (cause IN ('inactive', 'deleted', 'rejected', 'operator', 'decommission')),
        -- How many active SCIM members there were before; null where the guard doesn't count it.
        active_before INTEGER,
        before TEXT NOT NULL CHECK (json_valid(before)),
        revoked TEXT NOT NULL CHECK (json_valid(revoked)),
        trip_id TEXT REFERENCES guard_trip (id),
        outcome TEXT CHECK (outcome IN ('confirmed', 'recalled', 'superseded')),
        decided_at TEXT,
        decided_by TEXT
      ) STRICT;
      CREATE INDEX receipt_member ON receipt (member_id, seq);
      CREATE INDEX receipt_counted ON receipt (time) WHERE active_before IS NOT NULL;
      CREATE INDEX receipt_trip ON receipt (trip_id, seq) WHERE trip_id IS NOT NULL;

      CREATE TABLE session (
        id TEXT PRIMARY KEY,
        member_id TEXT NOT NULL,
        created_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        address TEXT,
        device TEXT,
        revoked_at TEXT
      ) STRICT;
      CREATE INDEX session_member ON session (member_id) WHERE revoked_at IS NULL;

      -- Review and conflicts -------------------------------------------------------------------------------------

      CREATE TABLE review_decision (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        member_id TEXT NOT NULL,
        -- A role's or team's id, where a grant was decided about, not the person.
        target_id TEXT,
        decision TEXT NOT NULL CHECK (decision IN ('approved', 'rejected')),
        -- Decisions that were taken together, and are undone together.
        batch_id TEXT NOT NULL,
        note TEXT,
        before TEXT NOT NULL CHECK (json_valid(before)),
        -- How the decision left the member: what differs from it stands against undoing.
        after TEXT NOT NULL CHECK (json_valid(after)),
        decided_at TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        undone_at TEXT,
        undone_by TEXT
      ) STRICT;
      CREATE INDEX review_decision_member ON review_decision (member_id, seq);
      CREATE INDEX review_decision_batch ON review_decision (batch_id, seq);

      CREATE TABLE conflict (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('email', 'external-id', 'subject')),
        -- The one without access until it is decided, and the one who was here before.
        member_id TEXT NOT NULL,
        other_id TEXT NOT NULL,
        value TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'linked', 'kept', 'refused', 'gone')),
        note TEXT,
        decided_at TEXT,
        decided_by TEXT,
        -- Conflicts that one decision closed, and how it found and left the member.
        decision_id TEXT,
        before TEXT CHECK (json_valid(before)),
        after TEXT CHECK (json_valid(after))
      ) STRICT;
      CREATE UNIQUE INDEX conflict_pair ON conflict (member_id, other_id, kind, value);
      CREATE INDEX conflict_other ON conflict (other_id);
      CREATE INDEX conflict_open ON conflict (seq) WHERE state = 'open';
      CREATE INDEX conflict_open_member ON conflict (member_id) WHERE state = 'open';
      CREATE INDEX conflict_decision ON conflict (decision_id) WHERE decision_id IS NOT NULL;

      -- Operators, jobs, mail ------------------------------------------------------------------------------------

      CREATE TABLE operator (
        id TEXT PRIMARY KEY,
        -- "local:<os-user>" or "sso:<e-mail>": what stands in the audit trail as the actor.
        subject TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        email TEXT,
        permission TEXT NOT NULL CHECK (permission IN ('owner', 'admin', 'viewer')),
        -- 1: can sign in without SSO.
        recovery INTEGER NOT NULL CHECK (recovery IN (0, 1)),
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL
      ) STRICT;

      CREATE TABLE job (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        input TEXT NOT NULL CHECK (json_valid(input)),
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        -- Where to go on after a crash; the kind's own spelling.
        cursor TEXT CHECK (json_valid(cursor)),
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER,
        message TEXT,
        cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
        created_at TEXT NOT NULL,
        created_by TEXT NOT NULL,
        started_at TEXT,
        finished_at TEXT,
        -- Who works on it, in which process, and that one's last sign of life.
        runner TEXT,
        pid INTEGER,
        heartbeat_at TEXT,
        CHECK ((state = 'running') = (runner IS NOT NULL))
      ) STRICT;
      -- Never two of a kind at once, by whichever process.
      CREATE UNIQUE INDEX job_running ON job (kind) WHERE state = 'running';
      CREATE INDEX job_waiting ON job (seq) WHERE state IN ('queued', 'running');
      CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;
      CREATE INDEX job_kind ON job (kind, created_by, seq);

      CREATE TABLE mail (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL CHECK (kind IN ('welcome', 'test')),
        member_id TEXT,
        -- Null where a welcome is due to somebody without an address.
        recipient TEXT,
        state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
        attempts INTEGER NOT NULL,
        next_at TEXT,
        last_error TEXT,
        created_at TEXT NOT NULL,
        sent_at TEXT,
        failed_at TEXT,
        CHECK ((state = 'queued') = (next_at IS NOT NULL))
      ) STRICT;
      CREATE INDEX mail_due ON mail (next_at) WHERE state = 'queued';
      CREATE INDEX mail_failed ON mail (seq) WHERE state = 'failed';
      -- Nobody is welcomed twice.
      CREATE UNIQUE INDEX mail_welcome ON mail (member_id) WHERE kind = 'welcome';

      CREATE INDEX audit_event_subject ON audit_event (subject, seq) WHERE subject IS NOT NULL;
    `);
  },
};
