import type {
  DeprovisioningStore,
  GuardTrip,
  Held,
  Receipt,
  Standing,
} from '../access/deprovisioning-store.ts';
import { foldCase } from '../scim/fold-case.ts';
import { createContest } from './conflicts.ts';
import type { Database } from './database.ts';
import { GIVES, TARGETS } from './grants-sql.ts';
import { GROUPS_OF_MEMBER } from './groups-of-member.ts';

type ReceiptRow = Omit<Receipt, 'before' | 'revoked'> & { before: string; revoked: string };
type StandingRow = Omit<Standing, 'retainedGroups' | 'roleValues' | 'groups' | 'employee'> & {
  retainedGroups: string | null;
  roleValues: string | null;
};

const RECEIPT = `r.id, r.member_id AS memberId, coalesce(m.display_name, '') AS displayName,
  coalesce(m.user_name, '') AS userName, coalesce(m.state, 'deleted') AS state, m.deactivate_at AS deactivateAt,
  m.delete_at AS deleteAt, r.time, r.actor, r.cause, r.before, r.revoked,
  r.trip_id AS tripId, r.outcome, r.decided_at AS decidedAt, r.decided_by AS decidedBy
  FROM receipt r LEFT JOIN member m ON m.id = r.member_id`;

/** Receipts, the guard's trips and recalls on SQLite. */
export function createDeprovisioningStore(database: Database): DeprovisioningStore {
  const standing = database.prepare<[string], StandingRow>(
    `SELECT state, suspended_from AS suspendedFrom, cause, reason, since, recalled, retained_groups AS retainedGroups,
       deactivate_at AS deactivateAt, delete_at AS deleteAt, role, role_values AS roleValues FROM member WHERE id = ?`,
  );
  const employee = database.prepare<[string], NonNullable<Standing['employee']>>(
    `SELECT status, started_at AS startedAt, ended_at AS endedAt, ended_by AS endedBy, end_reason AS endReason
     FROM employee WHERE member_id = ?`,
  );
  const groups = database.prepare<[{ id: string }], string>(GROUPS_OF_MEMBER).pluck();
  const grants = database.prepare<
    [{ id: string; former: string }],
    { kind: 'team' | 'role'; id: string; name: string }
  >(
    `WITH counting AS (${GROUPS_OF_MEMBER} UNION SELECT value FROM json_each(@former)),
       given AS (
         SELECT p.team_id, p.role_id FROM member m, counting c
           JOIN mapping p ON p.group_id = c.group_id ${TARGETS} WHERE m.id = @id AND ${GIVES}
         UNION SELECT NULL, p.role_id FROM member m, json_each(m.role_values) v
           JOIN mapping p ON p.role_value_key = v.value ${TARGETS} WHERE m.id = @id AND ${GIVES}
         UNION SELECT team_id, role_id FROM manual_grant WHERE member_id = @id
         UNION SELECT NULL, role FROM member WHERE id = @id)
     SELECT 'role' AS kind, r.id, r.name FROM given JOIN role r ON r.id = given.role_id
     UNION SELECT 'team', t.id, t.name FROM given JOIN team t ON t.id = given.team_id
     ORDER BY 1, 3, 2`,
  );
  const revoke = database.prepare(
    'UPDATE session SET revoked_at = ? WHERE member_id = ? AND revoked_at IS NULL',
  );
  const active = database
    .prepare<[], number>("SELECT n FROM member_count WHERE origin = 'scim' AND state = 'active'")
    .pluck();
  const insertReceipt = database.prepare(
    `INSERT INTO receipt (id, member_id, time, actor, cause, active_before, before, revoked, trip_id)
     VALUES (@id, @memberId, @time, @actor, @cause, @activeBefore, @before, @revoked, @tripId)`,
  );
  const receipt = database.prepare<[string], ReceiptRow>(`SELECT ${RECEIPT} WHERE r.id = ?`);
  const nameOf = database
    .prepare<[string], string>(
      "SELECT coalesce(nullif(display_name, ''), nullif(user_name, ''), id) FROM member WHERE id = ?",
    )
    .pluck();
  const openReceipt = database.prepare<[string], ReceiptRow>(
    `SELECT ${RECEIPT} WHERE r.member_id = ? AND r.outcome IS NULL ORDER BY r.seq DESC LIMIT 1`,
  );
  const lastReceipt = database.prepare<[string], ReceiptRow>(
    `SELECT ${RECEIPT} WHERE r.member_id = ? ORDER BY r.seq DESC LIMIT 1`,
  );
  const decide = database.prepare(
    'UPDATE receipt SET outcome = ?, decided_by = ?, decided_at = ? WHERE id = ?',
  );
  const counted = database.prepare<[{ since: string }], { people: number; activeAtStart: number | null }>(
    `SELECT count(DISTINCT member_id) AS people, (SELECT active_before FROM receipt
         WHERE active_before IS NOT NULL AND time >= @since ORDER BY time, seq LIMIT 1) AS activeAtStart
     FROM receipt WHERE active_before IS NOT NULL AND time >= @since AND trip_id IS NULL
       AND (outcome IS NULL OR outcome = 'superseded')`,
  );
  const openTrip = database.prepare<[], GuardTrip>(
    `SELECT id, tripped_at AS trippedAt, window_start AS windowStart, threshold, active_at_start AS activeAtStart
     FROM guard_trip WHERE resolved_at IS NULL`,
  );
  const undecided = database
    .prepare<[string], number>('SELECT count(*) FROM receipt WHERE trip_id = ? AND outcome IS NULL')
    .pluck();
  const anyUndecided = database
    .prepare<[string], 1>('SELECT 1 FROM receipt WHERE trip_id = ? AND outcome IS NULL LIMIT 1')
    .pluck();
  const people = database
    .prepare<[string], number>('SELECT count(DISTINCT member_id) FROM receipt WHERE trip_id = ?')
    .pluck();
  const lastOf = database
    .prepare<[string], number>('SELECT coalesce(max(seq), 0) FROM receipt WHERE trip_id = ?')
    .pluck();
  const insertTrip = database.prepare(
    `INSERT INTO guard_trip (id, tripped_at, window_start, threshold, active_at_start)
     VALUES (@id, @trippedAt, @windowStart, @threshold, @activeAtStart)`,
  );
  // Who is back already is held no more, but is not counted by a later trip either.
  const joinTrip = database.prepare(
    `UPDATE receipt SET trip_id = ? WHERE time >= ? AND trip_id IS NULL AND cause IN ('inactive', 'deleted')
       AND (outcome IS NULL OR (outcome = 'superseded' AND active_before IS NOT NULL))`,
  );
  const joinOne = database.prepare('UPDATE receipt SET trip_id = ? WHERE id = ?');
  const holdMembers = database.prepare(
    `UPDATE member SET held = 1 WHERE held = 0 AND state IN ('suspended', 'deactivated')
       AND id IN (SELECT member_id FROM receipt WHERE trip_id = ? AND outcome IS NULL AND time >= ?)`,
  );
  const resolveTrip = database.prepare(
    'UPDATE guard_trip SET resolved_by = ?, resolution = ?, resolved_at = ? WHERE id = ?',
  );
  const cut = database
    .prepare<[string], 1>('SELECT 1 FROM member WHERE id = ? AND cut_at IS NOT NULL')
    .pluck();
  const restoreCut = database.prepare(
    'UPDATE member SET cut_at = NULL, recalled = ?, updated_at = ? WHERE id = ?',
  );
  const setHeld = database.prepare('UPDATE member SET held = ? WHERE id = ?');
  const restore = database.prepare(
    `UPDATE member SET state = @state, suspended_from = @suspendedFrom, cause = @cause, reason = @reason, since = @since,
       recalled = @recalled, retained_groups = @retainedGroups, deactivate_at = @deactivateAt, delete_at = @deleteAt,
       role = @role, held = 0, cut_at = NULL, updated_at = @time WHERE id = @id`,
  );
  const contest = createContest(database);
  const restoreEmployee = database.prepare(
    `UPDATE employee SET status = @status, started_at = @startedAt, ended_at = @endedAt, ended_by = @endedBy,
       end_reason = @endReason WHERE member_id = @id`,
  );

  return {
    standing(memberId, formerGroups) {
      const row = standing.get(memberId);
      if (!row) throw new Error(`no member ${memberId}`);
      const known = groups.all({ id: memberId });
      return {
        ...row,
        retainedGroups: row.retainedGroups === null ? null : (JSON.parse(row.retainedGroups) as string[]),
        roleValues: row.roleValues === null ? [] : (JSON.parse(row.roleValues) as string[]),
        groups: [...new Set([...known, ...formerGroups])].sort(),
        employee: employee.get(memberId) ?? null,
      };
    },
    grantsOf: (memberId, formerGroups) => grants.all({ id: memberId, former: JSON.stringify(formerGroups) }),
    revokeSessions: (memberId, time) => revoke.run(time, memberId).changes,
    activeMembers: () => active.get() ?? 0,
    insertReceipt: ({ before, revoked, ...row }) => {
      insertReceipt.run({ ...row, before: JSON.stringify(before), revoked: JSON.stringify(revoked) });
    },
    receipt(id) {
      const row = receipt.get(id);
      return row && toReceipt(row);
    },
    nameOf: (memberId) => nameOf.get(memberId),
    openReceipt(memberId) {
      const row = openReceipt.get(memberId);
      return row && toReceipt(row);
    },
    recallableReceipt(memberId) {
      const row = lastReceipt.get(memberId);
      const isOpen = row?.outcome === null || row?.outcome === 'confirmed';
      const isOut = row?.state === 'suspended' || row?.state === 'deactivated';
      return row && isOpen && isOut ? toReceipt(row) : undefined;
    },
    receipts({ memberId, tripId, openOnly, offset, limit }) {
      const conditions = ['true'];
      const parameters: string[] = [];
      if (memberId !== undefined) {
        conditions.push('r.member_id = ?');
        parameters.push(memberId);
      }
      if (tripId !== undefined) {
        conditions.push('r.trip_id = ?');
        parameters.push(tripId);
      }
      if (openOnly) conditions.push('r.outcome IS NULL');
      const where = conditions.join(' AND ');
      const total = database
        .prepare<unknown[], number>(`SELECT count(*) FROM receipt r WHERE ${where}`)
        .pluck();
      const items = database.prepare<unknown[], ReceiptRow>(
        `SELECT ${RECEIPT} WHERE ${where} ORDER BY r.seq DESC LIMIT ? OFFSET ?`,
      );
      return {
        total: total.get(...parameters) ?? 0,
        items: items.all(...parameters, limit, offset).map(toReceipt),
      };
    },
    decide: (id, outcome, by, time) => {
      decide.run(outcome, by, time, id);
    },
    countedSince(since) {
      const row = counted.get({ since });
      return { people: row?.people ?? 0, activeAtStart: row?.activeAtStart ?? 0 };
    },
    openTrip: () => openTrip.get(),
    openTripOf: (tripId) => ({ undecided: undecided.get(tripId) ?? 0, people: people.get(tripId) ?? 0 }),
    isDecided: (tripId) => anyUndecided.get(tripId) === undefined,
    lastOf: (tripId) => lastOf.get(tripId) ?? 0,
    held(which) {
      const { where, parameters } = heldBy(which);
      return database
        .prepare<unknown[], number>(
          `SELECT count(*) FROM receipt r LEFT JOIN member m ON m.id = r.member_id WHERE ${where}`,
        )
        .pluck()
        .get(...parameters) as number;
    },
    nextHeld(which, after, limit) {
      const { where, parameters } = heldBy(which);
      return database
        .prepare<unknown[], ReceiptRow & { seq: number }>(
          `SELECT r.seq, ${RECEIPT} WHERE ${where} AND r.seq > ? ORDER BY r.seq LIMIT ?`,
        )
        .all(...parameters, after, limit)
        .map(({ seq, ...row }) => ({ seq, receipt: toReceipt(row) }));
    },
    heldPage(which, offset, limit) {
      const { where, parameters } = heldBy(which);
      return database
        .prepare<unknown[], ReceiptRow>(
          `SELECT ${RECEIPT} WHERE ${where} ORDER BY m.sort_key, r.seq LIMIT ? OFFSET ?`,
        )
        .all(...parameters, limit, offset)
        .map(toReceipt);
    },
    insertTrip: (trip) => {
      insertTrip.run(trip);
    },
    holdSince: (tripId, since) => {
      joinTrip.run(tripId, since);
      holdMembers.run(tripId, since);
    },
    hold: (tripId, { id, memberId }) => {
      joinOne.run(tripId, id);
      setHeld.run(1, memberId);
    },
    resolveTrip: (tripId, by, resolution, time) => {
      resolveTrip.run(by, resolution, time, tripId);
    },
    isCut: (memberId) => cut.get(memberId) !== undefined,
    restoreCut: (memberId, recalled, time) => {
      restoreCut.run(recalled, time, memberId);
    },
    setHeld: (memberId, held) => {
      setHeld.run(Number(held), memberId);
    },
    restore(memberId, before, { recalled, retainedGroups, time }) {
      // No cut takes values of roles away: they follow from what the IdP asserts, then as now.
      const { groups: _groups, roleValues: _values, employee: record, ...columns } = before;
      restore.run({
        ...columns,
        id: memberId,
        recalled,
        retainedGroups: retainedGroups.length === 0 ? null : JSON.stringify(retainedGroups),
        time,
      });
      if (record) restoreEmployee.run({ ...record, id: memberId });
      contest(memberId);
    },
  };
}

/** The undecided receipts of a trip that a choice means, as a condition. */
function heldBy({ tripId, search, memberIds, except, through }: Held): {
  where: string;
  parameters: (string | number)[];
} {
  const conditions = ['r.trip_id = ?', 'r.outcome IS NULL'];
  const parameters: (string | number)[] = [tripId];
  const add = (condition: string, parameter: string | number) => {
    conditions.push(condition);
    parameters.push(parameter);
  };
  if (search !== undefined && search.trim() !== '') {
    add('instr(m.search_key, ?) > 0', foldCase(search.trim()));
  }
  if (memberIds) add('r.member_id IN (SELECT value FROM json_each(?))', JSON.stringify(memberIds));
  if (except && except.length > 0) {
    add('r.member_id NOT IN (SELECT value FROM json_each(?))', JSON.stringify(except));
  }
  if (through !== undefined) add('r.seq <= ?', through);
  return { where: conditions.join(' AND '), parameters };
}

function toReceipt({ before, revoked, ...row }: ReceiptRow): Receipt {
  return {
    ...row,
    before: JSON.parse(before) as Standing,
    revoked: JSON.parse(revoked) as Receipt['revoked'],
  };
}
