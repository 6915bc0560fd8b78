import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCachedFolder } from '../cached-folder.ts';
import { type CommandResult, capture } from '../child-process.ts';
import { userCacheDirectory } from '../paths.ts';
import { findProgram } from '../program.ts';
import { type Report, SetupError } from '../report.ts';
import { ensureSystemPackages } from '../system-packages.ts';

/** Why the Python suites can't be run on this machine: a reason to skip them, in one sentence. */
export class UnavailableError extends SetupError {
  override name = 'UnavailableError';
}

const requirements = join(import.meta.dirname, 'requirements.txt');

/** scim2-tester asks for it. */
const OLDEST_PYTHON = [3, 11] as const;

const PYTHONS = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python', 'py'];

interface Python {
  program: string;
  /** For example `3.12.1`. */
  version: string;
}

/**
 * Makes a virtual environment with the pinned suites in the user's cache, unless it is there, and returns its Python.
 * @throws UnavailableError without a fitting Python or without PyPI
 * @throws SetupError when what PyPI served is not what was pinned
 */
export async function ensurePythonSuites(report: Report): Promise<string> {
  const { program, version } = await findPython(report);
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(userCacheDirectory(), `python-suites-${digest}-python-${version}`);
  await ensureCachedFolder(folder, report, async (temporary) => {
    report.say('Installing scim2-tester and scim-sanity from PyPI (once) …');
    await makeEnvironment(program, temporary);
  });
  return pythonOf(folder);
}

/** Runs a Python program of the environment; it leaves no bytecode behind there. */
export function runPython(python: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return capture(python, args, {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1', NO_COLOR: '1', ...env },
  });
}

function pythonOf(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

async function findPython(report: Report): Promise<Python> {
  const found = await findNewEnoughPython();
  if (found !== undefined) return found;
  // Only brings one where the distribution's is new enough, which the second look tells.
  await ensureSystemPackages(['python'], report).catch((error: Error) => {
    throw error instanceof SetupError ? new UnavailableError(error.message) : error;
  });
  const installed = await findNewEnoughPython();
  if (installed !== undefined) return installed;
  throw new UnavailableError(`There is no Python ${OLDEST_PYTHON.join('.')} or newer in PATH.`);
}

async function findNewEnoughPython(): Promise<Python | undefined> {
  for (const name of PYTHONS) {
    const program = findProgram(name);
    if (program === undefined) continue;
    const script = 'import ensurepip, venv, platform; print(platform.python_version())';
    const { code, stdout } = await capture(program, ['-c', script]);
    const version = stdout.trim();
    if (code === 0 && isNewEnough(version)) return { program, version };
  }
  return undefined;
}

/** Whether a version such as `3.12.1` is one that the suites run on. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_PYTHON;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

async function makeEnvironment(program: string, folder: string): Promise<void> {
  const made = await capture(program, ['-m', 'venv', folder]);
  if (made.code !== 0) throw new UnavailableError(`python3 -m venv failed (${lastLine(made)}).`);
  const installed = await runPython(pythonOf(folder), [
    ...['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--quiet'],
    ...['--retries', '2', '--only-binary', ':all:', '--require-hashes', '--requirement', requirements],
  ]);
  if (installed.code === 0) return;
  if (isTampered(installed.stderr)) {
    const name = /^\s+(\S+) from /m.exec(installed.stderr)?.[1] ?? 'a package';
    throw new SetupError(
      `PyPI served another file for ${name} than the one that was pinned; it was not used.`,
    );
  }
  throw new UnavailableError(`The suites could not be installed from PyPI (${lastLine(installed)}).`);
}

/** Whether pip refused a file for its hash, which is no reason to look away. */
export function isTampered(stderr: string): boolean {
  return /do not match the hashes/i.test(stderr);
}

function lastLine({ stderr, code }: CommandResult): string {
  const line = stderr.trim().split('\n').at(-1);
  return line ? line.replace(/^ERROR: /, '').replace(/\.$/, '') : `exit code ${code}`;
}
