import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { app } from 'electron';
import { AppError } from '../shared/app-error.ts';
import { runConsole } from './app/console.ts';
import { claimDataDirectory, defaultDataDirectory, localOperator } from './data-directory.ts';

/** The Electron entry: arguments in, console out. */

function log(message: string, error?: unknown): void {
  const detail = error === undefined ? '' : `: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${new Date().toISOString()} ${message}${detail}\n`);
}

/** Not awaited at the top level: Electron is ready only once this module has been evaluated. */
async function run(): Promise<void> {
  // Chromium's own switches arrive in the same argv, so unknown ones are let pass.
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { data: { type: 'string' }, port: { type: 'string' }, 'key-file': { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  await runConsole({
    thread: {
      dataDirectory: claimDataDirectory(text(values.data) ?? defaultDataDirectory()),
      operator: localOperator(),
      port: text(values.port) === undefined ? undefined : Number(values.port),
      keyFile: text(values['key-file']),
      // A checkout may run on a runtime that needs its own build of the addon; an installed app never does.
      sqliteBinding: app.isPackaged ? undefined : text(process.env.ROLLCALL_SQLITE_BINDING),
    },
    built: join(import.meta.dirname, '..'),
    resources: join(import.meta.dirname, '..', '..', 'resources'),
    argv: process.argv.slice(1),
    log,
  });
}

run().catch((error: unknown) => {
  log(error instanceof AppError ? error.message : 'Rollcall could not start', error);
  app.exit(1);
});
