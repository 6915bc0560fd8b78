/** Where a script says what it does. */
export interface Report {
  /** One finished line. */
  say(line: string): void;
  /** How far a long step is. On a terminal it overwrites itself; in a log it appears at most every ten seconds. */
  progress(line: string): void;
}

/** A problem whose message is one complete sentence with the fix; it is shown without a stack. */
export class SetupError extends Error {
  override name = 'SetupError';
}

/** The person stopped the script; it ends with the exit code a shell gives for Ctrl-C. */
export class InterruptedError extends SetupError {
  override name = 'InterruptedError';
  constructor() {
    super('Interrupted; run it again to go on.');
  }
}

const logIntervalMs = 10_000;
const eraseLine = '\r\u001b[2K';

/** Reports to a stream: rewrites the progress line on a terminal, prints plain lines everywhere else. */
export function createReport(stream: NodeJS.WriteStream = process.stdout): Report {
  let progressShown = false;
  let lastLogged = Date.now();
  const clear = () => {
    if (progressShown) stream.write(eraseLine);
    progressShown = false;
  };
  return {
    say(line) {
      clear();
      lastLogged = Date.now();
      stream.write(`${line}\n`);
    },
    progress(line) {
      if (stream.isTTY) {
        stream.write(`${eraseLine}${line.slice(0, (stream.columns || 80) - 1)}`);
        progressShown = true;
      } else if (Date.now() - lastLogged >= logIntervalMs) {
        lastLogged = Date.now();
        stream.write(`${line}\n`);
      }
    },
  };
}

/** Says every 500 ms how long `work` has been running; `describeStep` gets whole seconds. */
export async function withProgress<T>(
  report: Report,
  describeStep: (seconds: number) => string,
  work: Promise<T>,
): Promise<T> {
  const start = Date.now();
  const timer = setInterval(
    () => report.progress(describeStep(Math.round((Date.now() - start) / 1000))),
    500,
  );
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

/** `4.2 s`, or `3 min 12 s` from two minutes on. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Runs a script's main function: its number is the exit code, and a {@link SetupError} is one line on stderr. */
export async function runScript(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = error instanceof InterruptedError ? 130 : 1;
    if (error instanceof SetupError) process.stderr.write(`${error.message}\n`);
    else throw error;
  }
}
