import { partOfTen, patchBody, person, prefixOfTen, userBody } from '../people.ts';
import type { Json, Memory, Operation, RequestWriter } from './requests.ts';
import { comingAndGoing, failing } from './soak-workload.ts';

/** What a connection does next. One instance for each connection of a cell. */
type Next = () => Operation;

/** Everything a workload needs to know. */
export interface WorkloadContext {
  writer: RequestWriter;
  memory: Memory;
  /** Number of this connection and how many there are. */
  connection: number;
  connections: number;
  /** Which of the stored groups to change. */
  group: number;
}

const PAGE = 100;

/** The workloads of one kind of request each. */
const single = {
  getById: (context) => {
    const { writer } = context;
    return () => {
      const [index, id] = anyone(context);
      const { userName } = person(index);
      return {
        message: writer.write('GET', `/Users/${id}`),
        status: [200],
        check: (body) => expectSame('id', body.id, id) ?? expectSame('userName', body.userName, userName),
      };
    };
  },

  filterEq: (context) =>
    searching(
      context,
      (index) => `userName eq "${person(index).userName}"`,
      (body, index) =>
        expectSame('totalResults', body.totalResults, 1) ??
        expectSame('userName', body.Resources[0].userName, person(index).userName),
    ),

  filterSw: (context) => searching(context, (index) => `userName sw "${prefixOfTen(index)}"`, expectTen),

  filterCo: (context) => searching(context, (index) => `userName co "${partOfTen(index)}"`, expectTen),

  list: (context) => page(context, () => 1),

  listDeep: (context) => page(context, () => Math.floor(context.memory.ids.users * 0.9) + 1),

  /** Each connection walks through the directory from its first page on, by the cursor of the last answer. */
  listCursor: ({ writer, memory }) => {
    let cursor = '';
    let start = 1;
    return () => {
      const from = start;
      return {
        message: writer.write('GET', `/Users?cursor=${encodeURIComponent(cursor)}&count=${PAGE}`),
        status: [200],
        check: (body) => expectPage(body, memory, from),
        done(body) {
          cursor = nextCursor(body) ?? '';
          start = cursor === '' || from + 2 * PAGE > memory.ids.users ? 1 : from + PAGE;
          if (start === 1) cursor = '';
        },
      };
    };
  },

  post: ({ writer, memory }) => {
    return () => {
      const number = ++memory.counter;
      const userName = `new.${process.pid}.${number}@acme.example`;
      return {
        message: writer.write('POST', '/Users', userBody(number % memory.ids.users, { userName })),
        status: [201],
        check: (body) =>
          expectSame('userName', body.userName, userName) ??
          expectSame('type of id', typeof body.id, 'string'),
      };
    };
  },

  put: (context) => {
    const { writer, memory } = context;
    const next = ownUsers(context);
    return () => {
      const [index, id] = next();
      const title = `Title ${++memory.counter}`;
      return {
        message: writer.write('PUT', `/Users/${id}`, userBody(index, { title })),
        status: [200],
        check: (body) => expectSame('id', body.id, id) ?? expectSame('title', body.title, title),
        done: () => memory.inactive.delete(id),
      };
    };
  },

  patch: (context) => {
    const { writer, memory } = context;
    const next = ownUsers(context);
    return () => {
      const [, id] = next();
      const active = memory.inactive.has(id);
      return {
        message: writer.write(
          'PATCH',
          `/Users/${id}`,
          patchBody({ op: 'replace', path: 'active', value: active }),
        ),
        status: [200],
        check: (body) => expectSame('id', body.id, id) ?? expectSame('active', body.active, active),
        done: () => (active ? memory.inactive.delete(id) : memory.inactive.add(id)),
      };
    };
  },

  /** Each connection has a user of its own, from the end of the list, whom no group has at first. */
  groupPatch: ({ writer, memory, connection, group }) => {
    const { id = '' } = memory.ids.groups[group] ?? {};
    const [, user = ''] = memory.ids.sample.at(-1 - connection) ?? [];
    const key = `${id}/${user}`;
    return () => {
      const isIn = memory.moved.has(key);
      const operation = isIn
        ? { op: 'remove', path: `members[value eq "${user}"]` }
        : { op: 'add', path: 'members', value: [{ value: user }] };
      return {
        message: writer.write('PATCH', `/Groups/${id}`, patchBody(operation)),
        // The ceilings and ours, as Entra has it, send nothing; the peer sends the group.
        status: [200, 204],
        done: () => (isIn ? memory.moved.delete(key) : memory.moved.add(key)),
      };
    };
  },
} satisfies Record<string, (context: WorkloadContext) => Next>;

/** All workloads by name. */
export const workloads = {
  ...single,

  /** What a directory in daily use does: mostly look-ups, some pages, a third of it changes. */
  mixed: (context: WorkloadContext): Next =>
    inTurn(context, [
      { share: 35, next: single.getById(context) },
      { share: 25, next: single.filterEq(context) },
      { share: 3, next: single.list(context) },
      { share: 2, next: single.listDeep(context) },
      { share: 15, next: single.patch(context) },
      { share: 10, next: single.put(context) },
      { share: 10, next: single.post(context) },
    ]),

  /** For hours: everything that a directory is asked, failures included, and no growth. */
  soak: (context: WorkloadContext): Next =>
    inTurn(context, [
      { share: 25, next: single.getById(context) },
      { share: 20, next: single.filterEq(context) },
      { share: 4, next: single.filterSw(context) },
      { share: 2, next: single.filterCo(context) },
      { share: 4, next: single.list(context) },
      { share: 3, next: single.listDeep(context) },
      { share: 12, next: single.patch(context) },
      { share: 8, next: single.put(context) },
      { share: 8, next: single.groupPatch(context) },
      { share: 8, next: comingAndGoing(context) },
      { share: 6, next: failing(context) },
    ]),
};

export type WorkloadName = keyof typeof workloads;

/** Takes several workloads in turn, by their shares of 100. A fixed round instead of dice: every server gets the same. */
function inTurn({ connection }: WorkloadContext, parts: readonly { share: number; next: Next }[]): Next {
  let turn = connection * 13;
  return () => {
    turn = (turn + 37) % 100;
    let rest = turn;
    for (const { share, next } of parts) {
      if (rest < share) return next();
      rest -= share;
    }
    throw new Error('the shares do not add up to 100');
  };
}

function anyone({ memory }: WorkloadContext): [number, string] {
  const { sample } = memory.ids;
  return sample[Math.floor(Math.random() * sample.length)] ?? [0, ''];
}

/** Walks over the users that no other connection touches, so that what they are is known. */
function ownUsers({ memory, connection, connections }: WorkloadContext): () => [number, string] {
  const { sample } = memory.ids;
  let at = connection;
  return () => {
    const user = sample[at % sample.length] ?? [0, ''];
    at += connections;
    if (at >= sample.length) at = connection;
    return user;
  };
}

function searching(
  context: WorkloadContext,
  filterFor: (index: number) => string,
  check: (body: Json, index: number) => string | undefined,
): Next {
  const { writer, memory } = context;
  return () => {
    const [index] = anyone(context);
    // Of the last ten some may be missing.
    const one = Math.min(index, Math.max(0, memory.ids.users - 10));
    return {
      message: writer.write('GET', `/Users?filter=${encodeURIComponent(filterFor(one))}`),
      status: [200],
      check: (body) => check(body, one),
    };
  };
}

function page({ writer, memory }: WorkloadContext, startIndex: () => number): Next {
  return () => {
    const start = startIndex();
    return {
      message: writer.write('GET', `/Users?startIndex=${start}&count=${PAGE}`),
      status: [200],
      check: (body) => expectPage(body, memory, start),
    };
  };
}

/** Without parsing the whole page, which would cost the client more than the page costs the server. */
function nextCursor(body: Buffer): string | undefined {
  const name = '"nextCursor":"';
  const start = body.indexOf(name) + name.length;
  return start < name.length ? undefined : body.toString('utf8', start, body.indexOf('"', start));
}

function expectPage(body: Json, memory: Memory, start: number): string | undefined {
  if (body.totalResults < memory.ids.users) return `totalResults is ${body.totalResults}`;
  return (
    expectSame('itemsPerPage', body.itemsPerPage, PAGE) ??
    expectSame('length', body.Resources.length, PAGE) ??
    expectSame('first', body.Resources[0].userName, person(start - 1).userName) ??
    expectSame('last', body.Resources[PAGE - 1].userName, person(start + PAGE - 2).userName)
  );
}

function expectTen(body: Json, index: number): string | undefined {
  const prefix = prefixOfTen(index);
  if (!body.Resources.every((user: Json) => user.userName.startsWith(prefix)))
    return `not all start with ${prefix}`;
  return expectSame('totalResults', body.totalResults, 10) ?? expectSame('length', body.Resources.length, 10);
}

function expectSame(what: string, found: unknown, expected: unknown): string | undefined {
  return found === expected
    ? undefined
    : `${what} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
}
