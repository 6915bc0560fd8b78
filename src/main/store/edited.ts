import type { EditedStore } from '../access/edits.ts';
import type { Database } from './database.ts';

/** Members with manual edits, on SQLite. */
export function createEditedStore(database: Database): EditedStore {
  const after = database.prepare<[number, number], { pk: number; memberId: string }>(
    `SELECT pk, id AS memberId FROM member WHERE pk > ? AND pk IN (
       SELECT pk FROM member WHERE edited IS NOT NULL
       UNION SELECT m.pk FROM employee e JOIN member m ON m.id = e.member_id WHERE e.edited IS NOT NULL)
     ORDER BY pk LIMIT ?`,
  );
  return { after: (pk, limit) => after.all(pk, limit) };
}
