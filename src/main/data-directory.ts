import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../shared/app-error.ts';

/** Where data lives unless `--data` says otherwise: the platform's application-data folder, the same for console and CLI. */
export function defaultDataDirectory(): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Rollcall');
    case 'win32':
      return join(process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Rollcall');
    default: {
      const base = process.env.XDG_DATA_HOME;
      return join(base && isAbsolute(base) ? base : join(homedir(), '.local', 'share'), 'rollcall');
    }
  }
}

/**
 * Makes the data directory ready for this OS user, readable by nobody else.
 * @throws {AppError} `data-directory-foreign` when another OS user owns it: SQLite files of mixed ownership lock
 * one of the two out at the worst moment.
 */
export function claimDataDirectory(path: string): string {
  const directory = resolve(path);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError('data-directory-foreign', `The data directory ${directory} can't be created.`, {
      cause,
    });
  }
  const stats = statSync(directory);
  const uid = process.getuid?.();
  if (uid !== undefined && stats.uid !== uid) {
    throw new AppError(
      'data-directory-foreign',
      `The data directory ${directory} belongs to another OS user (id ${stats.uid}). Run Rollcall as that user, or choose another directory with --data.`,
    );
  }
  if (uid !== undefined && (stats.mode & 0o077) !== 0) chmodSync(directory, 0o700);
  return directory;
}

/** The operator behind the console and the CLI: whoever can write the data directory (D15). */
export function localOperator(): string {
  return `local:${userInfo().username}`;
}
