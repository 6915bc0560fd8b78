import type { Mail, MailState } from '../../shared/contract/mail.ts';
import type { Addressee, MailStore } from '../mail/store.ts';
import type { Database } from './database.ts';

const COLUMNS = `seq, id, kind, member_id AS memberId, recipient, state, attempts, next_at AS nextAt,
  last_error AS lastError, created_at AS createdAt, sent_at AS sentAt, failed_at AS failedAt`;

/** Mail on SQLite. */
export function createMailStore(database: Database): MailStore {
  const insertWelcome = database.prepare(
    `INSERT INTO mail (id, kind, member_id, recipient, state, attempts, next_at, created_at)
     VALUES (@id, 'welcome', @memberId, @recipient, 'queued', 0, @time, @time)
     ON CONFLICT (member_id) WHERE kind = 'welcome' DO NOTHING`,
  );
  const insertTest = database.prepare(
    `INSERT INTO mail (id, kind, recipient, state, attempts, last_error, created_at, sent_at, failed_at)
     VALUES (@id, 'test', @recipient, iif(@error IS NULL, 'sent', 'failed'), 1, @error, @time,
       iif(@error IS NULL, @time, NULL), iif(@error IS NULL, NULL, @time))`,
  );
  const byId = database.prepare<[string], Mail>(`SELECT ${COLUMNS} FROM mail WHERE id = ?`);
  const ofMember = database.prepare<[string], Mail>(
    `SELECT ${COLUMNS} FROM mail WHERE member_id = ? AND kind = 'welcome'`,
  );
  const list = database.prepare<[{ state: MailState | null; before: number | null; limit: number }], Mail>(
    `SELECT ${COLUMNS} FROM mail WHERE (@state IS NULL OR state = @state) AND (@before IS NULL OR seq < @before)
     ORDER BY seq DESC LIMIT @limit`,
  );
  const counts = database.prepare<[], { state: MailState; n: number }>(
    "SELECT state, count(*) AS n FROM mail WHERE kind = 'welcome' GROUP BY state",
  );
  const nextAt = database
    .prepare<[], string | null>("SELECT min(next_at) FROM mail WHERE state = 'queued'")
    .pluck();
  const due = database.prepare<[string, number], Mail>(
    `SELECT ${COLUMNS} FROM mail WHERE state = 'queued' AND next_at <= ? ORDER BY next_at, seq LIMIT ?`,
  );
  const dueCount = database
    .prepare<[string], number>("SELECT count(*) FROM mail WHERE state = 'queued' AND next_at <= ?")
    .pluck();
  const addressee = database.prepare<[string], Omit<Addressee, 'isActive'> & { isActive: 0 | 1 }>(
    `SELECT first_name AS firstName, display_name AS displayName, state = 'active' AS isActive
     FROM member WHERE id = ?`,
  );
  const markSent = database.prepare(
    `UPDATE mail SET state = 'sent', attempts = attempts + 1, next_at = NULL, last_error = NULL, sent_at = ?
     WHERE id = ? AND state = 'queued'`,
  );
  const defer = database.prepare(
    `UPDATE mail SET attempts = attempts + 1, last_error = ?, next_at = ? WHERE id = ? AND state = 'queued'`,
  );
  const markFailed = database.prepare(
    `UPDATE mail SET state = 'failed', last_error = ?, attempts = ?, next_at = NULL, failed_at = ?
     WHERE id = ? AND state = 'queued'`,
  );
  const REQUEUE = `UPDATE mail SET state = 'queued', attempts = 0, last_error = NULL, failed_at = NULL, next_at = ?
     WHERE state = 'failed' AND kind = 'welcome'`;
  const requeue = database.prepare(`${REQUEUE} AND id = ?`);
  const requeueFailed = database.prepare(REQUEUE);
  // The row stays: it is what keeps a second welcome from being sent.
  const forgetMember = database.prepare(
    `UPDATE mail SET recipient = NULL, last_error = NULL, next_at = NULL, state = iif(state = 'sent', 'sent', 'failed')
     WHERE member_id = ?`,
  );
  const forgetTests = database.prepare("DELETE FROM mail WHERE kind = 'test' AND created_at < ?");

  return {
    insertWelcome: (mail) => {
      insertWelcome.run(mail);
    },
    insertTest: (mail) => {
      insertTest.run(mail);
    },
    get: (id) => byId.get(id),
    ofMember: (memberId) => ofMember.get(memberId),
    list: ({ state = null, before = null, limit }) => list.all({ state, before, limit }),
    counts() {
      const known: Record<MailState, number> = { queued: 0, sent: 0, failed: 0 };
      for (const { state, n } of counts.all()) known[state] = n;
      return known;
    },
    nextAt: () => nextAt.get() ?? null,
    due: (time, limit) => due.all(time, limit),
    dueCount: (time) => dueCount.get(time) ?? 0,
    addressee(memberId) {
      const row = addressee.get(memberId);
      return row && { ...row, isActive: row.isActive === 1 };
    },
    markSent: (id, time) => {
      markSent.run(time, id);
    },
    defer: (id, error, at) => {
      defer.run(error, at, id);
    },
    markFailed: (id, error, attempts, time) => {
      markFailed.run(error, attempts, time, id);
    },
    requeue: (id, time) => {
      requeue.run(time, id);
    },
    requeueFailed: (time) => requeueFailed.run(time).changes,
    forgetMember: (memberId) => {
      forgetMember.run(memberId);
    },
    forgetTestsBefore: (time) => {
      forgetTests.run(time);
    },
  };
}
