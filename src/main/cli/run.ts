import { CommanderError } from 'commander';
import { AppError, type AppErrorCode } from '../../shared/app-error.ts';
import { isHeldByKeychain } from '../secrets/keychain.ts';
import { maskTokens } from '../tokens/format.ts';
import { createProgram } from './program.ts';

/** commands.md: 1 failed · 2 wrong usage · 3 another listener holds the data directory · 4 secrets are locked. */
const EXIT_CODES: Partial<Record<AppErrorCode, number>> = {
  'invalid-input': 2,
  'data-directory-held': 3,
  'secrets-locked': 4,
};

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof AppError) {
    process.stderr.write(`${maskTokens(error.message)}\n`);
    return EXIT_CODES[error.code] ?? 1;
  }
  process.stderr.write(
    `${maskTokens(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  return 1;
}

/**
 * Runs the command that the arguments name, and ends the process with its exit code.
 * @param files see {@link createProgram}
 */
export async function run(files: Parameters<typeof createProgram>[0]): Promise<void> {
  // A reader that went away (`| head`) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

  let exitCode = 0;
  try {
    await createProgram(files).parseAsync(process.argv);
  } catch (error) {
    exitCode = exitCodeOf(error);
  }
  process.stdout.write('', () => leave(exitCode));
}

/** Ends the process now, even while a silent keychain holds one of its threads. */
function leave(code: number): void {
  if (isHeldByKeychain() && process.execve) process.execve('/bin/sh', ['sh', '-c', `exit ${code}`]);
  process.exit(code);
}
