import type { Command } from 'commander';
import type { Need } from '../../shared/contract/define.ts';
import { type Config, compose, type Rollcall } from '../compose.ts';
import { claimDataDirectory, defaultDataDirectory, localOperator } from '../data-directory.ts';
import { maskTokens } from '../tokens/format.ts';

/** The options that every command takes. */
export interface GlobalOptions {
  data?: string;
  json?: boolean;
  keyFile?: string;
}

/** Writes one line of the program's own log to stderr; stdout belongs to the command's result. */
export function logToStderr(message: string, error?: unknown): void {
  const detail = error === undefined ? '' : `: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${maskTokens(message + detail)}\n`);
}

/** Opens the data directory that the options name. */
export function openRollcall(options: GlobalOptions, more: Partial<Config> = {}): Rollcall {
  return compose({
    dataDirectory: claimDataDirectory(options.data ?? defaultDataDirectory()),
    operator: localOperator(),
    keyFile: options.keyFile,
    log: logToStderr,
    ...more,
  });
}

/**
 * Makes a command's action: opens the data directory, runs as the OS user if that may (D15), closes it again whatever
 * happened. `needs` is what the same takes in the console.
 */
export function action<Arguments extends unknown[]>(
  run: (rollcall: Rollcall, options: GlobalOptions & Record<string, unknown>, ...args: Arguments) => unknown,
  needs: Need = 'edit',
): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const command = args.at(-1) as Command;
    const options = command.optsWithGlobals<GlobalOptions & Record<string, unknown>>();
    const rollcall = openRollcall(options);
    // So that URLs name the port that is really served, by whichever process.
    rollcall.listener.observe();
    try {
      await rollcall.admit(needs, undefined, () =>
        run(rollcall, options, ...(args.slice(0, -2) as Arguments)),
      );
    } finally {
      await rollcall.close();
    }
  };
}
