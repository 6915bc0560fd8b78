/** What a job leaves behind after a chunk, stored in the transaction of the chunk itself. */
export interface Progress {
  /** Where to go on, in the kind's own spelling (JSON); handed back as {@link JobRun.cursor} after a crash. */
  cursor?: unknown;
  done?: number;
  /** Left out while nobody knows. */
  total?: number;
  /** What is going on, as a sentence. */
  message?: string;
}

/** A job that is running, as its kind sees it. */
export interface JobRun<Input> {
  readonly id: string;
  readonly input: Input;
  /** Who started it: a subject as in the audit trail, `system` for what runs by the clock. */
  readonly actor: string;
  /** What the last chunk stored; undefined at the first start. It moves with every chunk. */
  readonly cursor: unknown;
  readonly done: number;
  readonly total: number | null;
  /** Ends waiting for others (a mail server): the process closes, or somebody else took the job over. */
  readonly signal: AbortSignal;
  /**
   * Does one piece of the work in one write transaction, together with its cursor and its progress: after a crash
   * either all of it is there or nothing. Keep a piece under some 20 ms, others wait meanwhile; between two pieces
   * they are served. What is left out of the progress stays as it was.
   *
   * Throws what `work` throws (nothing of the piece is kept), and its own error when the job must stop; let that pass.
   */
  chunk(work: () => Progress): Promise<void>;
}

/**
 * A kind of work that lasts. `run` is called anew after a crash, in whichever process, with the cursor of the last
 * chunk that is on the disk; also when that was the last one, so a run with nothing left must change nothing.
 */
export interface JobKind<Input = unknown> {
  /** Short and for good, it lies in the database: `apply`, `retention`. */
  name: string;
  /** What it does, in a few words for a list: `Apply 120 held changes`. Must not throw. */
  describe(input: Input): string;
  /**
   * Works chunk by chunk and resolves with a sentence that says what was done; null when there was nothing to do
   * (of runs by the clock that did nothing only the last is kept). Whatever it throws fails the job with its sentence.
   */
  run(job: JobRun<Input>): Promise<string | null>;
  /** For work that starts by itself, where the listener is. */
  schedule?: {
    input: Input;
    /** At least so long after the last run began. 0: as soon as `isDue` says so, at most once a second. */
    everyMinutes: number;
    /** The least pause after a run that failed; 5 unless said. */
    minutesAfterFailure?: number;
    /** Asked first when the time has come: nothing is written while there is nothing to do. */
    isDue?(): boolean;
  };
}

/** Kinds of different inputs in one list; each reads only what itself was started with. */
// biome-ignore lint/suspicious/noExplicitAny: the input's type is the kind's own affair.
export type AnyJobKind = JobKind<any>;
