import { AppError, fromWireError } from '../../../shared/app-error.ts';
import type { CallName, EventName, InputOf, OutputOf, PayloadOf } from '../../../shared/contract/index.ts';

/** Asks the server. Resolves with the unwrapped value; rejects with an {@link AppError} whose message is for people. */
export async function call<N extends CallName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const envelope = await window.rollcall.call(name, input);
  if (envelope.ok) return envelope.value as OutputOf<N>;
  throw fromWireError(envelope.error);
}

/** Listens to an event of the contract; returns the function that ends it. */
export function subscribe<N extends EventName>(
  name: N,
  listener: (payload: PayloadOf<N>) => void,
): () => void {
  return window.rollcall.subscribe(name, (payload) => listener(payload as PayloadOf<N>));
}

/** The sentence to show for anything that a call threw. */
export function errorSentence(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return 'The console lost touch with its server. Try again; if it stays like this, restart Rollcall.';
}
