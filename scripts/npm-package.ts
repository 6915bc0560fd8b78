import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { capture } from './child-process.ts';
import { matchesIntegrity } from './integrity.ts';
import { checkoutDirectory } from './paths.ts';
import { findProgram } from './program.ts';
import { type Report, SetupError } from './report.ts';

/** A package version whose contents are known. */
export interface PinnedPackage {
  name: string;
  version: string;
  /** Subresource Integrity of the tarball, `sha512-…`. */
  integrity: string;
  /** Size of the tarball in bytes, for the progress line. */
  size: number;
}

/** npm's own command-line script. Throws a {@link SetupError} when there is no npm. */
export function npmScript(env: NodeJS.ProcessEnv = process.env): string {
  const fromNpm = env.npm_execpath;
  if (fromNpm !== undefined && /npm-cli\.c?js$/.test(fromNpm)) return fromNpm;
  const program = findProgram('npm', env);
  if (program !== undefined) {
    const script =
      process.platform === 'win32'
        ? join(dirname(program), 'node_modules', 'npm', 'bin', 'npm-cli.js')
        : realpathSync(program);
    if (existsSync(script)) return script;
  }
  throw new SetupError(
    'npm was not found; install Node.js together with npm and run this through `npm start`.',
  );
}

/**
 * Fetches a package's tarball through the user's own npm configuration, so that proxies, mirrors and tokens hold,
 * and checks it against the pinned integrity.
 * @param folder an existing, empty folder for the tarball and npm's temporary cache
 * @returns the path of the tarball
 */
export async function downloadPackage(
  pinned: PinnedPackage,
  folder: string,
  report: Report,
): Promise<string> {
  const label = `${pinned.name}@${pinned.version}`;
  const cache = join(folder, 'npm-cache');
  const destination = join(folder, 'tarball');
  mkdirSync(destination, { recursive: true });
  const total = megabytes(pinned.size);
  report.say(`Downloading ${label} from the npm registry (${total} MB) …`);
  const timer = setInterval(async () => {
    const received = Math.min(await folderSize(cache), pinned.size);
    report.progress(`  ${megabytes(received)} of ${total} MB`);
  }, 500);
  const args = ['pack', label, '--pack-destination', destination, '--cache', cache, '--loglevel', 'error'];
  const result = await capture(process.execPath, [npmScript(), ...args], { cwd: checkoutDirectory }).finally(
    () => clearInterval(timer),
  );
  const [tarball] = result.code === 0 ? await readdir(destination) : [];
  if (tarball === undefined) {
    throw new SetupError(
      `${label} could not be downloaded from the npm registry (${npmReason(result.stderr)}); check with \`npm view ${label}\` that your registry serves it.`,
    );
  }
  const path = join(destination, tarball);
  await requireIntegrity(path, label, pinned.integrity);
  return path;
}

/** Throws a {@link SetupError} unless the file has the pinned integrity. */
export async function requireIntegrity(path: string, label: string, integrity: string): Promise<void> {
  if (await matchesIntegrity(path, integrity)) return;
  throw new SetupError(
    `The tarball of ${label} is not the one this version was checked with, so it was not used; ask who runs your registry why it differs, or set ELECTRON_OVERRIDE_DIST_PATH to an Electron you trust.`,
  );
}

/** The first telling line of npm's error output. */
export function npmReason(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('npm warn'));
  const code = lines.find((line) => line.startsWith('code '))?.slice('code '.length);
  const text = lines.find((line) => !/^(code|errno|syscall|path|type) /.test(line));
  return [code, text].filter((part) => part !== undefined).join(': ') || 'npm gave no reason';
}

/** Bytes of all files below a folder; 0 when it does not exist. Files that vanish meanwhile do not count. */
export async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        (found) => found.size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
