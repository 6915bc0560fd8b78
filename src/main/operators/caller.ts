import { AsyncLocalStorage } from 'node:async_hooks';

/** Who is acting, for as long as a call lasts: asked by whatever writes down who did something. */
export interface Caller {
  /** `local:<os-user>`: who acts where nobody else does (D15). */
  readonly local: string;
  actor(): string;
  /** Runs `work`, and whatever it waits for, as this actor. */
  as<T>(actor: string, work: () => T): T;
  /** Makes `work` run as whoever acts now, even when somebody else's call sets it off, as with writes in a batch. */
  keep<T>(work: () => T): () => T;
}

/** @param local who acts outside of any call: the OS user of this process */
export function createCaller(local: string): Caller {
  const acting = new AsyncLocalStorage<string>();
  return {
    local,
    actor: () => acting.getStore() ?? local,
    as: (actor, work) => acting.run(actor, work),
    keep(work) {
      const actor = acting.getStore() ?? local;
      return () => acting.run(actor, work);
    },
  };
}
