import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import type Express from 'express';
import type Scimmy from 'scimmy';
import { announce, BASE, dataDirectoryArgument } from '../ceilings/serve.ts';
import {
  groupWriter,
  type Instance,
  openScimmyTables,
  type StoredInstance,
  userWriter,
} from './scimmy-rows.ts';

// The peer: scimmy with its own routers on Express, over SQLite. Whatever SQL can answer by an index is asked of SQL;
// authentication, schema checks, filtering of attributes and PATCH are the library's.
const [, , , packagesFolder = ''] = process.argv;
// Its packages by require(), so that the routers and we share one instance of the library.
const peer = createRequire(join(packagesFolder, 'package.json'));
const SQLite = peer('better-sqlite3') as typeof Sqlite;
const express = peer('express') as typeof Express;
const SCIMMY = peer('scimmy') as typeof Scimmy;
const { default: Routers } = peer('scimmy-routers') as {
  default: new (options: object) => Express.Router;
};

const database = new SQLite(join(dataDirectoryArgument(), 'scimmy.db'));
openScimmyTables(database);
const writeUser = userWriter(database);
const writeGroup = groupWriter(database);

interface Query {
  id?: string | undefined;
  filter?: Record<string, unknown>[] | undefined;
  constraints?: { startIndex?: number; count?: number; totalResults?: number } | undefined;
}

const body = (where: string) => `SELECT body FROM user WHERE ${where}`;
const byId = database.prepare<[string], string>(body('id = ?')).pluck();
const finders: Record<string, (value: string) => string[]> = {
  'userName eq': (value) => byUserName.all(value.toLowerCase()),
  'userName sw': (value) => byPrefix.all(value.toLowerCase(), `${value.toLowerCase()}\u{10ffff}`),
  'userName co': (value) => byPart.all(value.toLowerCase()),
  'externalId eq': (value) => byExternalId.all(value),
};
const byUserName = database.prepare<[string], string>(body('user_name = ?')).pluck();
const byPrefix = database.prepare<[string, string], string>(body('user_name >= ? AND user_name < ?')).pluck();
const byPart = database
  .prepare<[string], string>(body('pk IN (SELECT pk FROM user WHERE instr(user_name, ?) > 0)'))
  .pluck();
const byExternalId = database.prepare<[string], string>(body('external_id = ?')).pluck();
const total = database.prepare<[], number>('SELECT count(*) FROM user').pluck();
const page = database.prepare<[number, number], string>(body('pk >= ? ORDER BY pk LIMIT ?')).pluck();

const teamById = database.prepare<[string], { pk: number; body: string }>(
  'SELECT pk, body FROM team WHERE id = ?',
);
const teamByName = database.prepare<[string], { pk: number; body: string }>(
  'SELECT pk, body FROM team WHERE display_name = ?',
);
const membersOf = database.prepare<[number], { value: string }>(
  'SELECT member_id AS value FROM membership WHERE team_pk = ?',
);

const parse = (text: string) => JSON.parse(text) as StoredInstance;
const notFound = (id: string) =>
  new SCIMMY.Types.Error(404, null as unknown as string, `Resource ${id} not found`);

/** The only comparison of a filter, such as `userName eq` and its value. */
function comparison(filter: Query['filter']): [string, string] | undefined {
  const [[attribute, [operator, value]] = ['', ['', '']]] = Object.entries(filter?.[0] ?? {}) as [
    string,
    [string, string],
  ][];
  return attribute === '' ? undefined : [`${attribute} ${operator}`, value];
}

function findUsers({ filter, constraints }: Query): StoredInstance[] {
  const wanted = comparison(filter);
  if (wanted) {
    const find = finders[wanted[0]];
    if (!find) throw new SCIMMY.Types.Error(400, 'invalidFilter', `no look-up for ${wanted[0]}`);
    return find(wanted[1]).map(parse);
  }
  const { startIndex = 1, count = 100 } = constraints ?? {};
  // Tells the library that this already is the page.
  if (constraints) constraints.totalResults = total.get() ?? 0;
  return page.all(startIndex, count).map(parse);
}

function withMembers({ pk, body: text }: { pk: number; body: string }): StoredInstance {
  return { ...parse(text), members: membersOf.all(pk) };
}

/** Translates a violated UNIQUE constraint. */
function store(write: typeof writeUser, resource: Query, instance: Instance): StoredInstance {
  try {
    return write(resource.id, instance);
  } catch (error) {
    if (!/UNIQUE/.test((error as Error).message)) throw error;
    throw new SCIMMY.Types.Error(409, 'uniqueness', 'taken');
  }
}

interface Handlers {
  declare(type: unknown, config: object): void;
}
const resources = SCIMMY.Resources as unknown as Handlers;
resources.declare(SCIMMY.Resources.User, {
  extensions: [{ schema: SCIMMY.Schemas.EnterpriseUser, required: false }],
  egress(resource: Query) {
    if (resource.id === undefined) return findUsers(resource);
    const text = byId.get(resource.id);
    if (text === undefined) throw notFound(resource.id);
    return parse(text);
  },
  ingress: (resource: Query, instance: Instance) => store(writeUser, resource, { ...instance }),
  degress() {},
});
resources.declare(SCIMMY.Resources.Group, {
  egress(resource: Query) {
    if (resource.id === undefined)
      return teamByName.all((comparison(resource.filter)?.[1] ?? '').toLowerCase()).map(withMembers);
    const row = teamById.get(resource.id);
    if (!row) throw notFound(resource.id);
    return withMembers(row);
  },
  ingress: (resource: Query, instance: Instance) => store(writeGroup, resource, { ...instance }),
  degress() {},
});

const app = express();
app.set('query parser', 'simple');
// Express 5 parses the query anew at each access; the routers turn startIndex and count into numbers in place.
app.use((request, _response, next) => {
  Object.defineProperty(request, 'query', { value: { ...request.query } });
  next();
});
app.use(
  BASE,
  new Routers({
    type: 'bearer',
    handler(request: Express.Request) {
      if (!request.header('authorization')?.startsWith('Bearer ')) throw new Error('no token');
      return 'somebody';
    },
  }),
);
const server = app.listen(0, '127.0.0.1', () =>
  announce((server.address() as AddressInfo).port, () => database.close()),
);
