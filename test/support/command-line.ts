import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What a command left behind. */
export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `rollcall …` in a process of its own, from the checkout's source. */
export async function rollcall(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; stdin?: string } = {},
): Promise<CommandResult> {
  const child = start(args, options.env);
  child.stdin?.end(options.stdin ?? '');
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** Runs `rollcall … --json`, which has to succeed, and returns what it printed. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was printed
export async function rollcallJson(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<any> {
  const { code, stdout, stderr } = await rollcall([...args, '--json'], env ? { env } : {});
  if (code !== 0) throw new Error(`rollcall ${args.join(' ')} exited ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** A `rollcall serve` that listens. */
export interface Served {
  child: ChildProcess;
  endpoint: string;
  pid: number;
  stderr(): string;
  /** Sends a signal and waits for the end; returns the exit code. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts `rollcall serve --json` and waits for its first line. */
export async function serve(
  dataDirectory: string,
  args: readonly string[] = [],
  env?: NodeJS.ProcessEnv,
): Promise<Served> {
  const child = start(['serve', '--data', dataDirectory, '--port', '0', '--json', ...args], env);
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  if (!child.stdout) throw new Error('serve has no stdout');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), once(child, 'close').then(() => [])]);
  if (typeof first[0] !== 'string') throw new Error(`serve ended before listening: ${stderr}`);
  const { endpoint, pid } = JSON.parse(first[0]) as { endpoint: string; pid: number };
  return {
    child,
    endpoint,
    pid,
    stderr: () => stderr,
    async stop(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, 'close')) as [number | null];
      return code;
    },
  };
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  return spawn(process.execPath, ['src/main/cli.ts', ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
}
