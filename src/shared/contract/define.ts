import type { z } from 'zod';

/**
 * What a call needs of whoever makes it: `view` for what changes nothing, `edit` for changes (owners and admins, M3),
 * `own` for what only owners may.
 */
export type Need = 'view' | 'edit' | 'own';

/** One call of the contract: a strict input schema and the output schema that decides what may leave. */
export interface CallDefinition<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I;
  output: O;
  needs: Need;
}

/** One event of the contract. */
export interface EventDefinition<P extends z.ZodType = z.ZodType> {
  payload: P;
}

/** Declares a call. The output schema is also the allow-list of what leaves the server: other keys are stripped. */
export function call<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  needs: Need,
): CallDefinition<I, O> {
  return { input, output, needs };
}

/** Declares an event. */
export function event<P extends z.ZodType>(payload: P): EventDefinition<P> {
  return { payload };
}
