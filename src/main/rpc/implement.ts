import { AppError, toWireError } from '../../shared/app-error.ts';
import type { CallDefinition, Need } from '../../shared/contract/define.ts';
import { type Envelope, MAX_CALL_SIZE } from '../../shared/contract/envelope.ts';
import type { CallName, OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';

/** One function for each call of a contract; a missing one is a type error. */
export type Handlers<Names extends CallName> = {
  [N in Names]: (input: ParsedInputOf<N>) => OutputOf<N> | Promise<OutputOf<N>>;
};

/**
 * Answers a call by name. Never rejects: what went wrong is in the envelope.
 * @param actor who calls, as the transport knows it; without one, whoever runs this process. Never taken from input.
 */
export type Answer = (name: string, input: unknown, actor?: string) => Promise<Envelope>;

/**
 * Lets a call in or not, and runs it as whoever makes it.
 * @throws {AppError} `not-permitted`
 */
export type Admit = <T>(needs: Need, actor: string | undefined, work: () => T | Promise<T>) => Promise<T>;

/** For a contract that everybody at the window may use: it can hold nothing that takes more than looking. */
export const admitEverybody: Admit = async (needs, _actor, work) => {
  if (needs === 'view') return work();
  throw new AppError('not-permitted', 'Nobody may do this here.');
};

/**
 * Binds a contract to its handlers. For every call: known name, permission, size cap, strict input schema, handler, and
 * the output stripped to its schema, so that nothing leaves that the contract doesn't name.
 *
 * @param log receives what the caller is not told: unforeseen errors, hints, and answers that break the contract.
 */
export function implement<Names extends CallName>(
  definitions: { [N in Names]: CallDefinition },
  handlers: Handlers<Names>,
  admit: Admit,
  log: (message: string, error?: unknown) => void,
): Answer {
  const known = new Map<string, { definition: CallDefinition; handle: (input: never) => unknown }>();
  for (const name of Object.keys(definitions) as Names[]) {
    known.set(name, { definition: definitions[name], handle: handlers[name] });
  }

  return async (name, input, actor) => {
    try {
      const found = known.get(name);
      if (!found)
        throw new AppError('unknown-call', `There is no call named ${JSON.stringify(name.slice(0, 60))}.`);
      const { definition, handle } = found;
      const value = await admit(definition.needs, actor, () => handle(readInput(definition, input) as never));
      return { ok: true, value: definition.output.parse(value) };
    } catch (error) {
      if (!(error instanceof AppError)) log(`${name} failed`, error);
      else if (error.hint) log(`${name}: ${error.message}`, error.hint);
      return { ok: false, error: toWireError(error) };
    }
  };
}

function readInput(definition: CallDefinition, input: unknown): unknown {
  if (sizeOf(input) > MAX_CALL_SIZE) {
    throw new AppError(
      'too-large',
      `This is more than the ${MAX_CALL_SIZE} characters that a call may carry.`,
    );
  }
  const parsed = definition.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError('invalid-input', issue?.message ?? 'The input is not valid.', {
    field: issue?.path.join('.') ?? '',
  });
}

/** Characters of the JSON form; values that have none (functions, cycles) count as too large. */
function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? 0;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
