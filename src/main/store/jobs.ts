import type { JobRecord, JobStore } from '../jobs/store.ts';
import type { Database } from './database.ts';

type Row = Omit<JobRecord, 'input' | 'cursor' | 'cancelRequested'> & {
  input: string;
  cursor: string | null;
  cancelRequested: 0 | 1;
};

const COLUMNS = `id, kind, input, state, cursor, done, total, message, cancel_requested AS cancelRequested,
  created_at AS createdAt, created_by AS createdBy, started_at AS startedAt, finished_at AS finishedAt, runner, pid,
  heartbeat_at AS heartbeatAt`;

/** Jobs on SQLite. */
export function createJobStore(database: Database): JobStore {
  const insert = database.prepare(
    `INSERT INTO job (id, kind, input, state, created_at, created_by)
     VALUES (@id, @kind, @input, 'queued', @createdAt, @createdBy)`,
  );
  const byId = database.prepare<[string], Row>(`SELECT ${COLUMNS} FROM job WHERE id = ?`);
  const unfinished = database.prepare<[], Row>(
    `SELECT ${COLUMNS} FROM job WHERE state IN ('queued', 'running') ORDER BY seq`,
  );
  const finished = database.prepare<[number], Row>(
    `SELECT ${COLUMNS} FROM job WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, seq DESC LIMIT ?`,
  );
  const last = database.prepare<[string, string], Row>(
    `SELECT ${COLUMNS} FROM job WHERE kind = ? AND created_by = ? ORDER BY seq DESC LIMIT 1`,
  );
  const claim = database.prepare(
    `UPDATE job SET state = 'running', runner = @runner, pid = @pid, heartbeat_at = @time,
       started_at = coalesce(started_at, @time) WHERE id = @id`,
  );
  const held = database.prepare<[string, string], Row>(
    `SELECT ${COLUMNS} FROM job WHERE id = ? AND state = 'running' AND runner = ?`,
  );
  const save = database.prepare(
    `UPDATE job SET cursor = @cursor, done = @done, total = @total, message = @message, heartbeat_at = @time
     WHERE id = @id`,
  );
  const heartbeat = database.prepare('UPDATE job SET heartbeat_at = ? WHERE id = ? AND runner = ?');
  const release = database.prepare(
    `UPDATE job SET state = 'queued', runner = NULL, pid = NULL, heartbeat_at = NULL WHERE id = ? AND runner = ?`,
  );
  const requestCancel = database.prepare('UPDATE job SET cancel_requested = 1 WHERE id = ?');
  const finish = database.prepare(
    `UPDATE job SET state = @state, message = @message, finished_at = @time, runner = NULL, pid = NULL,
       heartbeat_at = NULL WHERE id = @id`,
  );
  const forget = database.prepare('DELETE FROM job WHERE finished_at < ?');
  const forgetLike = database.prepare(
    `DELETE FROM job WHERE kind = @kind AND created_by = @createdBy AND state = @state AND message IS @message
       AND id <> @id`,
  );

  return {
    insert: ({ input, ...job }) => {
      insert.run({ ...job, input: JSON.stringify(input ?? null) });
    },
    get: (id) => recordOf(byId.get(id)),
    unfinished: () => unfinished.all().map(record),
    finished: (limit) => finished.all(limit).map(record),
    last: (kind, createdBy) => recordOf(last.get(kind, createdBy)),
    claim: (id, runner, pid, time) => {
      claim.run({ id, runner, pid, time });
    },
    held: (id, runner) => recordOf(held.get(id, runner)),
    save: (id, { cursor, done, total, message }, time) => {
      const text = cursor === undefined ? null : JSON.stringify(cursor);
      save.run({ id, cursor: text, done, total, message, time });
    },
    heartbeat: (id, runner, time) => {
      heartbeat.run(time, id, runner);
    },
    release: (id, runner) => {
      release.run(id, runner);
    },
    requestCancel: (id) => {
      requestCancel.run(id);
    },
    finish: (id, state, message, time) => {
      finish.run({ id, state, message, time });
    },
    forgetFinishedBefore: (time) => {
      forget.run(time);
    },
    forgetLike: ({ id, kind, createdBy, state, message }) => {
      forgetLike.run({ id, kind, createdBy, state, message });
    },
  };
}

function record(row: Row): JobRecord {
  return {
    ...row,
    input: JSON.parse(row.input),
    cursor: row.cursor === null ? undefined : JSON.parse(row.cursor),
    cancelRequested: row.cancelRequested === 1,
  };
}

function recordOf(row: Row | undefined): JobRecord | undefined {
  return row && record(row);
}
