import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openRawDatabase, rawInsert } from '../ceilings/rows.ts';
import { PUBLIC_BASE } from '../ceilings/serve.ts';
import { groupBody, representation, userBody } from '../people.ts';
import { writeStoredIds } from '../stored-ids.ts';
import { fillArguments } from './arguments.ts';

// Fills the data directory of a ceiling with the same people.
const { dataDirectory, users, groups } = fillArguments();
const database = openRawDatabase(join(dataDirectory, 'raw.db'));
database.pragma('synchronous = OFF');
const insert = rawInsert(database, PUBLIC_BASE);
const insertTeam = database.prepare('INSERT INTO team (id, display_name, version, body) VALUES (?, ?, 1, ?)');
const addMember = database.prepare('INSERT INTO membership (team_pk, member_id) VALUES (?, ?)');

const ids: string[] = [];
const stored: { id: string; size: number }[] = [];
database.transaction(() => {
  for (let index = 0; index < users; index++) ids.push(insert(userBody(index)).id);
  for (const size of groups) {
    const id = randomUUID();
    const { members: _rows, ...body } = groupBody(`Group of ${size}`);
    const { lastInsertRowid } = insertTeam.run(
      id,
      body.displayName.toLowerCase(),
      JSON.stringify(representation('Group', id, body, PUBLIC_BASE)),
    );
    for (const member of ids.slice(0, size)) addMember.run(lastInsertRowid, member);
    stored.push({ id, size });
  }
})();
database.pragma('wal_checkpoint(TRUNCATE)');
database.close();
writeStoredIds(dataDirectory, ids, stored);
