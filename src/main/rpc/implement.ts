import { AppError, toWireError } from '../../shared/app-error.ts';
import type { CallDefinition } from '../../shared/contract/define.ts';
import { type Envelope, MAX_CALL_SIZE } from '../../shared/contract/envelope.ts';
import type { CallName, OutputOf, ParsedInputOf } from '../../shared/contract/index.ts';

/** One function for each call of a contract; a missing one is a type error. */
export type Handlers<Names extends CallName> = {
  [N in Names]: (input: ParsedInputOf<N>) => OutputOf<N> | Promise<OutputOf<N>>;
};

/** Answers a call by name. Never rejects: what went wrong is in the envelope. */
export type Answer = (name: string, input: unknown) => Promise<Envelope>;

/**
 * Binds a contract to its handlers. For every call: known name, size cap, strict input schema, handler, and the
 * output stripped to its schema, so that nothing leaves that the contract doesn't name.
 *
 * @param log receives what the caller is not told: unforeseen errors, hints, and answers that break the contract.
 */
export function implement<Names extends CallName>(
  definitions: { [N in Names]: CallDefinition },
  handlers: Handlers<Names>,
  log: (message: string, error?: unknown) => void,
): Answer {
  const known = new Map<string, { definition: CallDefinition; handle: (input: never) => unknown }>();
  for (const name of Object.keys(definitions) as Names[]) {
    known.set(name, { definition: definitions[name], handle: handlers[name] });
  }

  return async (name, input) => {
    try {
      const found = known.get(name);
      if (!found)
        throw new AppError('unknown-call', `There is no call named ${JSON.stringify(name.slice(0, 60))}.`);
      if (sizeOf(input) > MAX_CALL_SIZE) {
        throw new AppError(
          'too-large',
          `This is more than the ${MAX_CALL_SIZE} characters that a call may carry.`,
        );
      }
      const parsed = found.definition.input.safeParse(input);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        throw new AppError('invalid-input', issue?.message ?? 'The input is not valid.', {
          field: issue?.path.join('.') ?? '',
        });
      }
      const value = await found.handle(parsed.data as never);
      return { ok: true, value: found.definition.output.parse(value) };
    } catch (error) {
      if (!(error instanceof AppError)) log(`${name} failed`, error);
      else if (error.hint) log(`${name}: ${error.message}`, error.hint);
      return { ok: false, error: toWireError(error) };
    }
  };
}

/** Characters of the JSON form; values that have none (functions, cycles) count as too large. */
function sizeOf(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? 0;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
