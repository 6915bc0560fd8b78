import { type ChildProcess, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { spawnBound } from '../../scripts/child-process.ts';

/** A server in a process of its own that says on stdout when it listens. */
export interface RunningServer {
  endpoint: string;
  pid: number;
  /** From the start of the process until it listened, in milliseconds. */
  startMs: number;
  /** Resident memory in bytes; undefined where the platform can't tell. */
  rss(): number | undefined;
  /** CPU time that it used so far, in milliseconds; undefined where the platform can't tell. */
  cpu(): number | undefined;
  /** The address of its inspector, when that was asked for. */
  inspector?: string | undefined;
  /** Asks it to end and waits. */
  stop(): Promise<void>;
}

/** How a server is started. */
export interface StartOptions {
  /** Opens Node's inspector on a free port, which can tell how full the heap is. */
  inspect?: boolean;
  /** Other flags for Node. */
  flags?: readonly string[];
}

/**
 * Starts a program under this Node and waits for its line `{"event":"listening","endpoint":…}`.
 * @throws Error with what it wrote to stderr when it ends before
 */
export async function startServer(
  script: string,
  args: readonly string[],
  { inspect = false, flags = [] }: StartOptions = {},
): Promise<RunningServer> {
  const start = performance.now();
  endWithUs();
  const child = spawnBound(
    process.execPath,
    [...flags, ...(inspect ? ['--inspect=127.0.0.1:0'] : []), script, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const { stdout, stderr: errors } = child;
  if (!stdout || !errors) throw new Error(`${script} has no output to read`);
  running.add(child);
  child.once('close', () => running.delete(child));
  let stderr = '';
  errors.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-4000);
  });
  const lines = createInterface({ input: stdout });
  const first = await Promise.race([once(lines, 'line'), once(child, 'close').then(() => [])]);
  if (typeof first[0] !== 'string') throw new Error(`${script} ended before it listened: ${stderr}`);
  const startMs = performance.now() - start;
  const { endpoint, pid } = JSON.parse(first[0]) as { endpoint: string; pid: number };
  return {
    endpoint,
    pid,
    startMs,
    rss: () => residentBytes(pid),
    cpu: () => cpuMilliseconds(pid),
    inspector: /ws:\/\/\S+/.exec(stderr)?.[0],
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}

const running = new Set<ChildProcess>();
let ending = false;

/** However the benchmark ends, no server outlives it. */
function endWithUs(): void {
  if (ending) return;
  ending = true;
  process.on('exit', () => {
    for (const child of running) child.kill('SIGKILL');
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}

/** Linux counts CPU time in hundredths of a second, whatever its kernel's own clock is. */
const TICK_MS = 10;

function cpuMilliseconds(pid: number): number | undefined {
  try {
    // After the name in parentheses, which may hold blanks: state is field 3, utime 14 and stime 15.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ');
    return (Number(fields?.[11]) + Number(fields?.[12])) * TICK_MS;
  } catch {
    return undefined;
  }
}

/** Resident memory of a process in bytes; undefined where neither /proc nor `ps` answers. */
export function residentBytes(pid: number): number | undefined {
  try {
    const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return residentBytesByPs(pid);
  }
}

function residentBytesByPs(pid: number): number | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    const kibibytes = Number(text.trim());
    return kibibytes > 0 ? kibibytes * 1024 : undefined;
  } catch {
    return undefined;
  }
}
