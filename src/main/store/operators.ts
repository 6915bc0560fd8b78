import type { Operator } from '../../shared/contract/operators.ts';
import type { OperatorStore } from '../operators/operators.ts';
import type { Database } from './database.ts';

type Row = Omit<Operator, 'recovery'> & { recovery: 0 | 1 };

const COLUMNS = `id, subject, name, email, permission, recovery, created_at AS createdAt, created_by AS createdBy`;

/** Operators on SQLite. Read with every call: another process may have changed what somebody may do. */
export function createOperatorStore(database: Database): OperatorStore {
  const list = database.prepare<[], Row>(
    `SELECT ${COLUMNS} FROM operator
     ORDER BY CASE permission WHEN 'owner' THEN 0 WHEN 'admin' THEN 1 ELSE 2 END, name COLLATE NOCASE, id`,
  );
  const get = database.prepare<[string], Row>(`SELECT ${COLUMNS} FROM operator WHERE id = ?`);
  const bySubject = database.prepare<[string], Row>(`SELECT ${COLUMNS} FROM operator WHERE subject = ?`);
  const insert = database.prepare(
    `INSERT INTO operator (id, subject, name, email, permission, recovery, created_at, created_by)
     VALUES (@id, @subject, @name, @email, @permission, @recovery, @createdAt, @createdBy)`,
  );
  const update = database.prepare(
    `UPDATE operator SET name = @name, email = @email, permission = @permission, recovery = @recovery WHERE id = @id`,
  );
  const remove = database.prepare('DELETE FROM operator WHERE id = ?');
  const countRecoveryOwners = database
    .prepare<[], number>(`SELECT count(*) FROM operator WHERE permission = 'owner' AND recovery = 1`)
    .pluck();

  return {
    list: () => list.all().map(read),
    get: (id) => optional(get.get(id)),
    bySubject: (subject) => optional(bySubject.get(subject)),
    insert: (operator) => {
      insert.run(write(operator));
    },
    update: (operator) => {
      update.run(write(operator));
    },
    remove: (id) => {
      remove.run(id);
    },
    countRecoveryOwners: () => countRecoveryOwners.get() ?? 0,
  };
}

const read = (row: Row): Operator => ({ ...row, recovery: row.recovery === 1 });
const optional = (row: Row | undefined): Operator | undefined => row && read(row);
const write = (operator: Operator): Row => ({ ...operator, recovery: operator.recovery ? 1 : 0 });
