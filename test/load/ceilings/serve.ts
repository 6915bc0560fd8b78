import { join } from 'node:path';

/** The path under which ceilings and peers serve, as long as Rollcall's. */
export const BASE = '/scim/v2/acme';

/** What their representations call themselves: as many bytes as Rollcall's, whatever the port is. */
export const PUBLIC_BASE = `http://127.0.0.1:76430${BASE}`;

/** The file of a ceiling, inside the data directory that is the program's only argument. */
export function ceilingFile(): string {
  return join(dataDirectoryArgument(), 'raw.db');
}

/** The data directory, from the command line. */
export function dataDirectoryArgument(): string {
  const [, , dataDirectory] = process.argv;
  if (dataDirectory === undefined) throw new Error('Name the data directory.');
  return dataDirectory;
}

/** Says on stdout what `rollcall serve --json` says, and ends when asked to. */
export function announce(port: number, close: () => void): void {
  process.stdout.write(
    `${JSON.stringify({ event: 'listening', endpoint: `http://127.0.0.1:${port}${BASE}`, pid: process.pid })}\n`,
  );
  process.once('SIGTERM', () => {
    close();
    process.exit(0);
  });
}
