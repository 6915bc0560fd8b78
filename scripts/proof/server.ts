import { rollcallJson, type Served, serve } from '../../test/support/command-line.ts';
import { fastFolder, newDataDirectory, removeDataDirectory } from '../../test/support/data-directory.ts';
import { type Report, SetupError } from '../report.ts';

/** A `rollcall serve` for a proof. */
export interface ProofServer {
  /** The SCIM base URL. */
  endpoint: string;
  token: string;
  dataDirectory: string;
  /** Why the process is no longer there; undefined while it is. */
  ended(): string | undefined;
}

/**
 * Serves a new data directory to `work` and stops it as an operator would. Also returns what was wrong with that: words
 * on stderr, or another exit code than 0; nothing that a proof sends is a reason for either.
 */
export async function serveForProof<Result>(
  policy: { profile: string },
  work: (server: ProofServer) => Promise<Result>,
): Promise<{ result: Result; problems: string[] }> {
  const dataDirectory = await newDataDirectory(fastFolder());
  let served: Served | undefined;
  const kill = () => served?.child.kill('SIGKILL');
  process.once('exit', kill);
  try {
    await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', dataDirectory]);
    await rollcallJson([
      'policy',
      'set',
      'userName.email=false',
      `profile=${policy.profile}`,
      '--data',
      dataDirectory,
    ]);
    const { token } = await rollcallJson(['token', 'create', '--data', dataDirectory]);
    served = await serve(dataDirectory);
    const { child, endpoint, stderr } = served;
    const result = await work({
      endpoint,
      token,
      dataDirectory,
      ended: () =>
        child.exitCode === null && child.signalCode === null
          ? undefined
          : `exit code ${child.exitCode}, signal ${child.signalCode}: ${stderr().slice(-2_000)}`,
    });
    const code = await served.stop('SIGTERM');
    const said = stderr()
      .split('\n')
      .filter((line) => line !== '' && !line.includes('Stopping: accepted requests'));
    return {
      result,
      problems: [
        ...(code === 0 ? [] : [`the server ended with ${code} on SIGTERM`]),
        ...(said.length === 0 ? [] : [`the server said: ${said.slice(0, 20).join('\n')}`]),
      ],
    };
  } finally {
    await served?.stop('SIGKILL');
    process.off('exit', kill);
    await removeDataDirectory(dataDirectory);
  }
}

/** Says once where the data is kept. */
export function sayFolder(report: Report): void {
  report.say(`Data directories are made in ${fastFolder()}.`);
}

/** A whole number from the environment; undefined when it is not given. */
export function readNumber(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw new SetupError(`${name} must be a whole number, but is ${text}.`);
  return Number(text);
}
