import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from '../../scripts/child-process.ts';
import { checkoutDirectory } from '../../scripts/paths.ts';
import type { Target } from './client/requests.ts';
import { peersDirectory } from './peers/packages.ts';
import { type RunningServer, type StartOptions, startServer } from './server.ts';
import { idsFileOf } from './stored-ids.ts';

/** `ours`, the ceilings of performance.md, and the peer. */
export type ContenderName = 'ours' | 'A' | 'B' | 'scimmy';

/** A data directory of a contender, filled. */
export interface Prepared {
  name: ContenderName;
  dataDirectory: string;
  token: string;
}

/** A contender that listens. */
export interface Started extends RunningServer {
  name: ContenderName;
  /** Under which its results are kept: the name, unless several of one kind run side by side. */
  label: string;
  target: Target;
}

export interface Rows {
  users: number;
  /** The size of each group. */
  groups?: readonly number[];
}

const load = (...names: string[]) => join(import.meta.dirname, ...names);
const CLI = join(checkoutDirectory, 'src', 'main', 'cli.ts');
/** As `npm run rollcall` starts it. */
const CLI_FLAGS = ['--max-semi-space-size=8'];

const servers: Record<Exclude<ContenderName, 'ours'>, { serve: string; fill: string }> = {
  A: { serve: load('ceilings', 'express-server.ts'), fill: load('fill', 'ceiling.ts') },
  B: { serve: load('ceilings', 'node-http-server.ts'), fill: load('fill', 'ceiling.ts') },
  scimmy: { serve: load('peers', 'scimmy-server.ts'), fill: load('fill', 'scimmy.ts') },
};

/**
 * Makes a data directory and fills it.
 * @param policy policy keys of ours, `KEY=VALUE`
 */
export async function prepare(
  name: ContenderName,
  dataDirectory: string,
  rows: Rows,
  policy: readonly string[] = [],
): Promise<Prepared> {
  mkdirSync(dataDirectory, { recursive: true });
  const token = name === 'ours' ? await prepareOurs(dataDirectory, policy) : 'none';
  const prepared = { name, dataDirectory, token };
  await fill(prepared, rows);
  return prepared;
}

/** Adds users until there are so many, and the groups. Nothing may have the data directory open meanwhile. */
export async function fill({ name, dataDirectory }: Prepared, { users, groups = [] }: Rows): Promise<void> {
  const script = name === 'ours' ? load('fill', 'rollcall.ts') : servers[name].fill;
  await run(script, ['--data', dataDirectory, '--users', String(users), '--groups', groups.join(',')]);
}

/** Starts a contender on a data directory of its own. */
export async function start(
  { name, dataDirectory, token }: Prepared,
  label: string = name,
  options: StartOptions = {},
): Promise<Started> {
  const server =
    name === 'ours'
      ? await startServer(CLI, ['serve', '--data', dataDirectory, '--port', '0', '--json'], {
          ...options,
          flags: CLI_FLAGS,
        })
      : await startServer(servers[name].serve, [dataDirectory, peersDirectory()]);
  const target = { name: label, endpoint: server.endpoint, token, idsFile: idsFileOf(dataDirectory) };
  return { ...server, name, label, target };
}

/** Sets policy keys of ours; a running server obeys from the next request on. */
export async function setPolicy(dataDirectory: string, policy: readonly string[]): Promise<void> {
  await run(CLI, ['policy', 'set', ...policy, '--data', dataDirectory]);
}

async function prepareOurs(dataDirectory: string, policy: readonly string[]): Promise<string> {
  const data = ['--data', dataDirectory];
  await run(CLI, [
    'init',
    '--org',
    'acme',
    '--name',
    'Acme',
    '--owner',
    'owner@acme.example',
    '--try',
    ...data,
  ]);
  if (policy.length > 0) await setPolicy(dataDirectory, policy);
  const created = JSON.parse(await run(CLI, ['token', 'create', '--json', ...data])) as { token: string };
  return created.token;
}

async function run(script: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await capture(process.execPath, [script, ...args], {
    cwd: checkoutDirectory,
  });
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} exited ${code}: ${stderr}`);
  return stdout;
}
