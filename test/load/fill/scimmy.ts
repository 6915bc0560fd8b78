import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { groupWriter, openScimmyTables, userWriter } from '../peers/scimmy-rows.ts';
import { groupBody, userBody } from '../people.ts';
import { writeStoredIds } from '../stored-ids.ts';
import { fillArguments } from './arguments.ts';

// Fills the peer's data directory with the same people, through the code that stores what the library takes in.
const { dataDirectory, users, groups } = fillArguments();
const database = new SQLite(join(dataDirectory, 'scimmy.db'));
openScimmyTables(database);
database.pragma('synchronous = OFF');
const writeUser = userWriter(database);
const writeGroup = groupWriter(database);

const ids: string[] = [];
const stored: { id: string; size: number }[] = [];
database.transaction(() => {
  for (let index = 0; index < users; index++) ids.push(writeUser(undefined, userBody(index)).id);
  for (const size of groups) {
    stored.push({ id: writeGroup(undefined, groupBody(`Group of ${size}`, ids.slice(0, size))).id, size });
  }
})();
database.pragma('wal_checkpoint(TRUNCATE)');
database.close();
writeStoredIds(dataDirectory, ids, stored);
