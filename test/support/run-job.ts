import type { JobKind, Progress } from '../../src/main/jobs/jobs.ts';

/** Where a job stands; hand it back to go on with it as after a crash. */
export interface Standing {
  cursor: unknown;
  done: number;
  total: number | null;
  /** Its last sentence; undefined while it has not come to its end. */
  message: string | null | undefined;
  /** How many pieces were written. */
  pieces: number;
}

class Crash extends Error {}

/**
 * Runs a kind of job without a runner, each piece in one transaction.
 * @param crashAfter the process is gone after so many pieces; what they stored is in the standing.
 */
export async function runJob<Input>(
  kind: JobKind<Input>,
  input: Input,
  write: <T>(work: () => T) => Promise<T>,
  { crashAfter = Number.POSITIVE_INFINITY, from }: { crashAfter?: number; from?: Standing } = {},
): Promise<Standing> {
  const standing: Standing = from ?? {
    cursor: undefined,
    done: 0,
    total: null,
    message: undefined,
    pieces: 0,
  };
  let left = crashAfter;
  try {
    standing.message = await kind.run({
      id: 'job',
      input,
      actor: 'local:operator',
      get cursor() {
        return standing.cursor;
      },
      get done() {
        return standing.done;
      },
      get total() {
        return standing.total;
      },
      signal: new AbortController().signal,
      async chunk(work) {
        if (left-- <= 0) throw new Crash();
        const progress: Progress = await write(work);
        // As it lies in the database.
        if (progress.cursor !== undefined) standing.cursor = JSON.parse(JSON.stringify(progress.cursor));
        standing.done = progress.done ?? standing.done;
        standing.total = progress.total ?? standing.total;
        standing.pieces += 1;
      },
    });
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  return standing;
}
