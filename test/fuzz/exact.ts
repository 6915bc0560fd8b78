import { isDeepStrictEqual } from 'node:util';
import { type Connection, header, type WireAnswer } from './client.ts';
import { wellFormed } from './generate/resources.ts';
import { parse } from './oracle.ts';
import { randomFor } from './random.ts';
import type { Session } from './session.ts';
import type { FuzzRequest } from './world.ts';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * Sends requests one by one, so that whatever changes in the store was this request's doing: a refused or a reading one
 * must have changed nothing. Asks on, now and then, whether an answer was the truth.
 */
export class ExactCheck {
  readonly #session: Session;
  readonly #connection: Connection;
  readonly #seed: number;
  #version: number;
  #digest: string;

  constructor(session: Session, connection: Connection, seed: number) {
    this.#session = session;
    this.#connection = connection;
    this.#seed = seed;
    this.#version = session.store.dataVersion();
    this.#digest = session.store.digest();
  }

  /** What somebody else did meanwhile is no finding. */
  refresh(): void {
    this.#version = this.#session.store.dataVersion();
    this.#digest = this.#session.store.digest();
  }

  async send(request: FuzzRequest): Promise<void> {
    const answers = await this.#session.send(this.#connection, request);
    const version = this.#session.store.dataVersion();
    if (version !== this.#version) {
      const digest = this.#session.store.digest();
      const refused = answers.every(({ status }) => status >= 400);
      const mayNotWrite = refused || SAFE.has(request.method) || request.kind === 'search';
      if (mayNotWrite && digest !== this.#digest) {
        const [answer] = answers;
        this.#session.findings.add(request, `the store changed: ${this.#digest} → ${digest}`, answer);
      }
      this.#version = version;
      this.#digest = digest;
    }
    const [answer] = answers;
    if (answer && answer.status < 300 && !request.wire) {
      await this.#followUp(request, answer);
      this.refresh();
    }
  }

  async #followUp(request: FuzzRequest, answer: WireAnswer): Promise<void> {
    const random = randomFor(this.#seed, -1 - request.index);
    const { method, target } = request;
    if (method === 'GET' && /[?&]filter=/.test(target) && random.chance(0.4)) await this.#complement(request);
    if (SAFE.has(method) || request.kind === 'search' || request.kind === 'bulk' || !random.chance(0.25))
      return;
    if (method === 'DELETE') await this.#expectGone(request);
    else if (!/attributes/i.test(target)) await this.#expectSame(request, answer);
  }

  /** What a write answered is what a read answers. */
  async #expectSame(request: FuzzRequest, answer: WireAnswer): Promise<void> {
    const session = this.#session;
    const written = parse(answer.body);
    const place = header(answer, 'location') ?? header(answer, 'content-location');
    if (place === undefined || written === undefined) return;
    const path = new URL(place).pathname.slice(session.world.base.length);
    const read = await session.ask('GET', path);
    if (read.answer.status !== 200 || !isDeepStrictEqual(read.body, written))
      session.findings.add(request, `a read after it answers ${read.answer.body.toString()}`, answer);
    if (header(read.answer, 'etag') !== header(answer, 'etag'))
      session.findings.add(request, 'a read after it has another ETag', answer);
  }

  async #expectGone(request: FuzzRequest): Promise<void> {
    const path = request.target.replace(/^.*\/(?=users|groups)/i, '/').replace(/[?#].*$/, '');
    const { answer } = await this.#session.ask('GET', path);
    if (answer.status !== 404)
      this.#session.findings.add(request, `deleted, but read with ${answer.status}`, answer);
  }

  /**
   * Every resource fulfils either a filter or its opposite; beside a condition that no index can answer, and that nobody
   * fulfils, it still finds the same; and `.search` finds what GET finds.
   */
  async #complement(request: FuzzRequest): Promise<void> {
    const session = this.#session;
    const query = new URLSearchParams(request.target.split('?').slice(1).join('?'));
    const filter = [...query].findLast(([name]) => name.toLowerCase() === 'filter')?.[1].trim();
    const endpoint = /\/(users|groups)\b/i.exec(request.target)?.[0];
    if (filter === undefined || filter === '' || endpoint === undefined) return;
    const count = async (text: string) => {
      const { body } = await session.ask(
        'GET',
        `${endpoint}?count=0&filter=${encodeURIComponent(wellFormed(text))}`,
      );
      return body?.totalResults as number | undefined;
    };
    const matching = await count(filter);
    const others = await count(`not (${filter})`);
    const { body: all } = await session.ask('GET', `${endpoint}?count=0`);
    if (matching === undefined || others === undefined) return;
    if (matching + others !== all?.totalResults)
      session.findings.add(request, `${matching} match, ${others} do not, of ${all?.totalResults}`);
    const evaluated = await count(`(${filter}) or meta.location eq "nowhere"`);
    if (evaluated !== undefined && evaluated !== matching)
      session.findings.add(request, `${matching} found by index, ${evaluated} one by one`);
    const { body: searched } = await session.ask('POST', `${endpoint}/.search`, { filter, count: 0 });
    if (searched?.totalResults !== matching)
      session.findings.add(request, `.search finds ${searched?.totalResults}, GET ${matching}`);
  }
}
