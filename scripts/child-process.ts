import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { checkoutDirectory } from './paths.ts';
import { findProgram } from './program.ts';
import { InterruptedError } from './report.ts';

/** What a finished command left. `code` is 128 + signal number when a signal ended it. */
export interface CommandResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** The exit code a shell would report. */
export function exitCode(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code;
  return signal === null ? 1 : 128 + constants.signals[signal];
}

/**
 * Starts a command that cannot outlive this process. It gets its own process group, so that Ctrl-C reaches it
 * only through {@link forwardSignals}: a display server that dies with the terminal's SIGINT would take the
 * application down before it can close its database. On Linux the kernel ends it if this process is killed.
 */
export function spawnBound(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  const detached = process.platform !== 'win32';
  const binder = process.platform === 'linux' ? findProgram('setpriv') : undefined;
  if (binder === undefined) return spawn(command, args, { ...options, detached });
  return spawn(binder, ['--pdeathsig', 'TERM', '--', command, ...args], { ...options, detached });
}

/** Waits for the end. Rejects with one sentence when the command cannot be started at all. */
export function waitForExit(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${name} could not be started: ${error.message}.`)));
    child.once('close', (code, signal) => resolve(exitCode(code, signal)));
  });
}

/** Runs a command to its end and keeps what it printed. Throws an {@link InterruptedError} when a signal came. */
export async function capture(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { onOutput?: (text: string) => void } = {},
): Promise<CommandResult> {
  const { onOutput, ...spawnOptions } = options;
  const child = spawnBound(command, args, { ...spawnOptions, stdio: ['ignore', 'pipe', 'pipe'] });
  const collected = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      collected[name] += text;
      onOutput?.(text);
    });
  }
  const forwarding = forwardSignals(child);
  try {
    const code = await waitForExit(child, command);
    if (forwarding.received()) throw new InterruptedError();
    return { code, ...collected };
  } finally {
    forwarding.stop();
  }
}

/** Runs a command on this process's terminal, hands signals on, and leaves none of its group behind. */
export async function runInForeground(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<number> {
  const child = spawnBound(command, args, { ...options, stdio: 'inherit' });
  const forwarding = forwardSignals(child);
  try {
    return await waitForExit(child, command);
  } finally {
    forwarding.stop();
    endGroup(child);
  }
}

const repeatedSignalMs = 1000;

/**
 * Hands SIGINT, SIGTERM and SIGHUP on to a child started by {@link spawnBound} until stopped. npm and the terminal both send SIGINT for one Ctrl-C, and Chromium takes a second one as "die now", so
 * a repetition within a second is dropped. Windows delivers Ctrl-C to the whole console itself.
 */
function forwardSignals(child: ChildProcess): { stop(): void; received(): boolean } {
  const lastSent = new Map<string, number>();
  let received = false;
  const handle = (signal: NodeJS.Signals) => {
    received = true;
    if (process.platform === 'win32') return;
    const now = Date.now();
    if (now - (lastSent.get(signal) ?? 0) < repeatedSignalMs) return;
    lastSent.set(signal, now);
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, handle);
  const stopWatching = watchNpm(() => handle('SIGTERM'));
  const stop = () => {
    stopWatching();
    for (const signal of signals) process.off(signal, handle);
  };
  return { stop, received: () => received };
}

const parentCheckMs = 500;
const parentAtStart = process.ppid;

/**
 * Whether npm's shell, which started this script, has ended. npm hands a SIGTERM to that shell only, and the shell
 * dies without telling its child.
 */
export function isAbandonedByNpm(): boolean {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return false;
  return process.ppid !== parentAtStart;
}

function watchNpm(onGone: () => void): () => void {
  const timer = setInterval(() => {
    if (!isAbandonedByNpm()) return;
    clearInterval(timer);
    onGone();
  }, parentCheckMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Ends whatever is left of the process group of a child started by {@link spawnBound}. */
function endGroup(child: ChildProcess): void {
  if (process.platform === 'win32' || child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: the group is already empty.
  }
}

/** The JavaScript file behind a development tool's command, so that it runs without a shell on every platform. */
export function toolScript(packageName: string, command: string): string {
  const folder = join(checkoutDirectory, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined) throw new Error(`The package ${packageName} has no command ${command}.`);
  return join(folder, script);
}
