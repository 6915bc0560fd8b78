import type { WireAnswer } from './client.ts';
import type { FuzzRequest } from './world.ts';

/** One way in which the server was wrong, and the first request that showed it. */
export interface Finding {
  index: number;
  kind: string;
  problem: string;
  /** How many requests showed the same. */
  times: number;
  request: string;
  answer: string;
}

const MAX_SHOWN = 4_000;

/** Collects what was wrong; the same problem again only counts. */
export class Findings {
  readonly #byProblem = new Map<string, Finding>();

  get all(): Finding[] {
    return [...this.#byProblem.values()];
  }

  add(request: FuzzRequest, problem: string, answer?: WireAnswer): void {
    const key = `${request.kind} ${problem.slice(0, 60).replace(/\d+/g, '…')}`;
    const known = this.#byProblem.get(key);
    if (known) {
      known.times += 1;
      return;
    }
    this.#byProblem.set(key, {
      index: request.index,
      kind: request.kind,
      problem: problem.slice(0, MAX_SHOWN),
      times: 1,
      request: describeRequest(request),
      answer: answer === undefined ? '' : describeAnswer(answer),
    });
  }
}

/** A finding as lines for a person; the index makes the request again. */
export function describeFinding({ index, kind, problem, times, request, answer }: Finding): string {
  return [`#${index} (${kind}, ${times} times): ${problem}`, request, '→', answer, ''].join('\n');
}

function describeRequest({ method, target, headers, body, wire }: FuzzRequest): string {
  if (wire) return shorten(wire.bytes.toString('latin1').replace(/Bearer \S+/g, 'Bearer …'));
  const lines = headers.map(([name, value]) => `${name}: ${name === 'Authorization' ? '…' : value}`);
  return shorten([`${method} ${target}`, ...lines, '', body?.toString('utf8') ?? ''].join('\n'));
}

function describeAnswer({ status, headers, body }: WireAnswer): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return shorten([String(status), ...lines, '', body.toString('utf8')].join('\n'));
}

function shorten(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)`;
}
