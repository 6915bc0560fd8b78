import { ExactCheck } from './exact.ts';
import type { Finding } from './findings.ts';
import { write } from './generate/json.ts';
import { makeRequest } from './generate/request.ts';
import { groupBody, userBody } from './generate/resources.ts';
import { randomFor } from './random.ts';
import { type FuzzTarget, Session } from './session.ts';

/** Which requests to send, and how. */
export interface FuzzOptions {
  seed: number;
  /** Requests `from` ≤ index < `to`. */
  from: number;
  to: number;
  /** The share that is sent one by one, with the store looked at after each. */
  exactShare: number;
  /** How many connections the rest shares. */
  connections: number;
  progress?(sent: number): void;
}

/** What a run came to. */
export interface FuzzResult {
  sent: number;
  /** Requests that checks sent beside the generated ones. */
  followUps: number;
  statuses: Map<number, number>;
  findings: Finding[];
  /** Milliseconds. */
  slowest: number;
}

const KEEP_UP_EVERY = 500;
const CHECKPOINT_EVERY = 20_000;

/** Fuzzes one server: first one request at a time, then many at once; ends with everything checked. */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, from, to, connections } = options;
  const session = new Session(target);
  let sent = 0;
  const step = async (upTo: number, send: (start: number, end: number) => Promise<void>) => {
    for (let start = from + sent; start < upTo; ) {
      const end = Math.min(start + KEEP_UP_EVERY, upTo);
      await send(start, end);
      sent += end - start;
      start = end;
      await session.retrySlow();
      await session.keepUp();
      if (sent % CHECKPOINT_EVERY === 0) await session.checkpoint(end);
      options.progress?.(sent);
    }
  };
  try {
    await populate(session, seed);
    const turn = from + Math.floor((to - from) * options.exactShare);
    const alone = session.connect();
    const exact = new ExactCheck(session, alone, seed);
    await step(turn, async (start, end) => {
      exact.refresh();
      for (let index = start; index < end; index++) await exact.send(makeRequest(seed, index, session.world));
    });
    alone.close();
    const shared = Array.from({ length: connections }, () => session.connect());
    await step(to, async (start, end) => {
      let next = start;
      await Promise.all(
        shared.map(async (connection) => {
          while (next < end) await session.send(connection, makeRequest(seed, next++, session.world));
        }),
      );
    });
    for (const connection of shared) connection.close();
    await session.checkpoint(to);
  } catch (error) {
    // A server that is gone is among the findings already; anything else is ours.
    if (target.ended() === undefined) throw error;
  } finally {
    session.close();
  }
  const { followUps, statuses, slowest, findings } = session;
  return { sent, followUps, statuses, slowest, findings: findings.all };
}

/** Sends one request again, to a directory populated as the run's was at first. */
export async function replay(
  target: FuzzTarget,
  seed: number,
  index: number,
): Promise<FuzzResult & { said: string }> {
  const session = new Session(target);
  try {
    await populate(session, seed);
    const connection = session.connect();
    const request = makeRequest(seed, index, session.world);
    const answers: string[] = [];
    const exact = new ExactCheck(session, connection, seed);
    await exact.send(request);
    for (const answer of await session.send(connection, request))
      answers.push(`${answer.status} ${answer.body.toString().slice(0, 2_000)}`);
    connection.close();
    await session.checkpoint(index);
    const said = `${request.method} ${request.target}\n${request.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${(request.wire?.bytes ?? request.body ?? '').toString().slice(0, 4_000)}\n→ ${answers.join('\n→ ')}`;
    return {
      sent: 1,
      followUps: session.followUps,
      statuses: session.statuses,
      slowest: session.slowest,
      findings: session.findings.all,
      said,
    };
  } finally {
    session.close();
  }
}

/** People and groups to aim at. */
async function populate(session: Session, seed: number): Promise<void> {
  for (let index = 0; index < 40; index++) {
    const random = randomFor(seed, -1_000_000 - index);
    const isUser = index < 28;
    const body: unknown = JSON.parse(
      write(isUser ? userBody(random, session.world) : groupBody(random, session.world)),
    );
    await session.ask('POST', isUser ? '/Users' : '/Groups', body);
    if (index === 27) await session.keepUp();
  }
  await session.keepUp();
}
