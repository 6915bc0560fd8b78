import { isDeepStrictEqual } from 'node:util';
import { CLOSED, Connection, type Exchange, header, requestBytes, type WireAnswer } from './client.ts';
import { Findings } from './findings.ts';
import { brokenInvariants } from './invariants.ts';
import { parse, problemsOf } from './oracle.ts';
import { openStoreView, type StoreView } from './store-view.ts';
import type { FuzzRequest, Known, World } from './world.ts';

/** The server under test. */
export interface FuzzTarget {
  host: string;
  port: number;
  /** The path of the base URL: `/scim/v2/acme`. */
  base: string;
  token: string;
  dataDirectory: string;
  /** The IdP profile that it answers in. */
  profile: string;
  /** Why the server is no longer there; undefined while it is. */
  ended(): string | undefined;
}

/** Beyond this an answer counts as hanging, milliseconds. */
const SLOW = 1_000;
const DEADLINE = 15_000;
/** Bytes of request line and headers that Node's parser takes, less what is not counted here. */
const MAX_HEAD = 15_000;
/** Few, so that lists stay short and requests meet each other. */
const MAX_USERS = 60;
const MAX_GROUPS = 24;

/** One server being fuzzed: what is known of it, what it answered, what was wrong. */
export class Session {
  readonly findings = new Findings();
  readonly statuses = new Map<number, number>();
  readonly world: World;
  readonly store: StoreView;
  readonly #target: FuzzTarget;
  readonly #alone: Connection;
  readonly #slow: { request: FuzzRequest; milliseconds: number }[] = [];
  paused = false;
  followUps = 0;
  /** Milliseconds of the slowest answer, retried ones as they were alone. */
  slowest = 0;

  constructor(target: FuzzTarget) {
    const { host, port, base, token } = target;
    this.#target = target;
    this.world = { host, port, base, token, users: [], groups: [], cursors: [] };
    this.store = openStoreView(target.dataDirectory);
    this.#alone = this.connect();
  }

  connect(): Connection {
    return new Connection(this.#target.host, this.#target.port);
  }

  close(): void {
    this.#alone.close();
    this.store.close();
  }

  /** Sends one request and judges each answer. @throws when the server is gone */
  async send(connection: Connection, request: FuzzRequest): Promise<WireAnswer[]> {
    const answers = await this.#exchange(connection, request);
    const reason = this.#target.ended();
    if (reason !== undefined) {
      this.findings.add(request, `the server ended: ${reason}`);
      throw new Error(`The server ended: ${reason}`);
    }
    for (const answer of answers) {
      this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
      for (const problem of problemsOf(request, answer, this.paused))
        this.findings.add(request, problem, answer);
      if (answer.milliseconds > SLOW) this.#slow.push({ request, milliseconds: answer.milliseconds });
      else this.slowest = Math.max(this.slowest, answer.milliseconds);
    }
    const [answer] = answers;
    if (answer && request.wire === undefined) this.#learn(request, answer);
    return answers;
  }

  async #exchange(connection: Connection, request: FuzzRequest): Promise<WireAnswer[]> {
    if (request.wire) {
      const own = this.connect();
      const { answers, closed } = await own.converse(request.wire.bytes, request.wire.complete, 5_000);
      if (!closed) this.findings.add(request, 'the server did not hang up', answers[0]);
      return answers.map((answer) => ({ ...answer, milliseconds: closed ? answer.milliseconds : 0 }));
    }
    const exchange = await transfer(connection, request);
    if (exchange.answer) return [exchange.answer];
    // Whoever is still writing when more headers than allowed are refused may see the end before the answer.
    const head = request.target.length + request.headers.flat().join().length;
    if (head < MAX_HEAD || exchange.failure !== CLOSED) this.findings.add(request, exchange.failure);
    return [];
  }

  /** Sends again, alone, what took too long: on a busy machine anything may, once. */
  async retrySlow(): Promise<void> {
    for (const { request, milliseconds } of this.#slow.splice(0, 40)) {
      let best = milliseconds;
      for (let attempt = 0; attempt < 2 && best > SLOW; attempt++) {
        const start = performance.now();
        if (request.wire) await this.connect().converse(request.wire.bytes, request.wire.complete, 5_000);
        else await transfer(this.#alone, request);
        best = Math.min(best, performance.now() - start);
      }
      this.slowest = Math.max(this.slowest, best);
      if (best > SLOW) this.findings.add(request, `answered only after ${Math.round(best)} ms, alone too`);
    }
    this.#slow.length = 0;
  }

  /** One well-behaved request of our own, below the base URL. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ answer: WireAnswer; body: Record<string, unknown> | undefined }> {
    this.followUps += 1;
    const { host, port, base, token } = this.world;
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers: [string, string][] = [
      ['Host', `${host}:${port}`],
      ['Authorization', `Bearer ${token}`],
      ...(bytes
        ? ([
            ['Content-Type', 'application/scim+json'],
            ['Content-Length', String(bytes.length)],
          ] as [string, string][])
        : []),
    ];
    const { answer, failure } = await this.#alone.exchange(
      requestBytes(method, base + path, headers, bytes),
      method,
      DEADLINE,
    );
    if (!answer)
      throw new Error(`${method} ${path}: ${failure}; ${this.#target.ended() ?? 'the server runs'}`);
    return { answer, body: parse(answer.body) };
  }

  /** Keeps the directory small, and what we know of it right. */
  async keepUp(): Promise<void> {
    const trim = async (path: string, table: 'directory_user' | 'directory_group', most: number) => {
      const ids = this.store.ids(table);
      const excess = ids.length > most ? ids.slice(0, ids.length - most / 2) : [];
      for (const id of excess) await this.ask('DELETE', `${path}/${encodeURIComponent(id)}`);
    };
    await trim('/Users', 'directory_user', MAX_USERS);
    await trim('/Groups', 'directory_group', MAX_GROUPS);
    const known = (table: 'directory_user' | 'directory_group', name: string): Known[] =>
      this.store.rows(table).map(({ id, version, attributes }) => ({
        id,
        version: `W/"${version}"`,
        name: String((JSON.parse(attributes) as Record<string, unknown>)[name]),
      }));
    this.world.users = known('directory_user', 'userName');
    this.world.groups = known('directory_group', 'displayName');
  }

  /** Everything that must be true of the store and of each resource when nobody else is writing. */
  async checkpoint(index: number): Promise<void> {
    const about: FuzzRequest = {
      index,
      kind: 'checkpoint',
      method: '–',
      target: '–',
      headers: [],
      body: undefined,
    };
    for (const problem of brokenInvariants(this.store, this.#target.profile))
      this.findings.add(about, problem);
    for (const [path, table] of [
      ['/Users', 'directory_user'],
      ['/Groups', 'directory_group'],
    ] as const) {
      const ids = this.store.ids(table);
      const { body: list } = await this.ask('GET', `${path}?count=500&attributes=id`);
      const listed = (list?.Resources as { id: string }[] | undefined)?.map(({ id }) => id);
      if (!isDeepStrictEqual(listed, ids.slice(0, 500)))
        this.findings.add(about, `the list of ${path} is not what is stored`);
      if (list?.totalResults !== ids.length)
        this.findings.add(about, `totalResults ${list?.totalResults}, stored ${ids.length}`);
      for (const id of ids) await this.#readBack(`${path}/${encodeURIComponent(id)}`, id, about);
    }
  }

  /** A resource can be read, and put back as it was read without changing. */
  async #readBack(path: string, id: string, about: FuzzRequest): Promise<void> {
    const read = await this.ask('GET', path);
    if (read.answer.status !== 200 || read.body?.id !== id) {
      this.findings.add(about, `a stored resource is answered ${read.answer.status}`, read.answer);
      return;
    }
    const before = this.store.dataVersion();
    const put = await this.ask('PUT', path, read.body);
    if (put.answer.status !== 200 || !isDeepStrictEqual(put.body, read.body))
      this.findings.add(
        about,
        `put back as it was read, it is answered ${put.answer.status} and differs from ${JSON.stringify(read.body)}`,
        put.answer,
      );
    else if (this.store.dataVersion() !== before)
      this.findings.add(about, 'put back as it was read, it was written', put.answer);
  }

  #learn({ target, method }: FuzzRequest, answer: WireAnswer): void {
    if (answer.status === 204 && method === 'DELETE') {
      this.world.users = this.world.users.filter(({ id }) => !target.includes(id));
      this.world.groups = this.world.groups.filter(({ id }) => !target.includes(id));
      return;
    }
    if (answer.status !== 200 && answer.status !== 201) return;
    const version = header(answer, 'etag');
    const location = header(answer, 'location') ?? header(answer, 'content-location');
    const [, endpoint, id] = /\/(Users|Groups)\/([^/?#]+)$/.exec(location ?? '') ?? [];
    if (version !== undefined && id !== undefined) {
      const list = endpoint === 'Users' ? this.world.users : this.world.groups;
      const known = list.find((each) => each.id === id);
      if (known) known.version = version;
      else if (answer.status === 201) list.push({ id, version, name: nameOf(parse(answer.body)) });
      return;
    }
    if (answer.body.includes('nextCursor')) {
      const cursor = parse(answer.body)?.nextCursor;
      if (typeof cursor === 'string') this.world.cursors = [cursor, ...this.world.cursors.slice(0, 19)];
    }
  }
}

function transfer(connection: Connection, request: FuzzRequest): Promise<Exchange> {
  const { method, target, headers, body } = request;
  return connection.exchange(requestBytes(method, target, headers, body), method, DEADLINE);
}

function nameOf(body: Record<string, unknown> | undefined): string {
  return String(body?.userName ?? body?.displayName ?? 'x');
}
