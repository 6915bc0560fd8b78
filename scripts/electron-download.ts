import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { capture } from './child-process.ts';
import { withDirectoryLock } from './directory-lock.ts';
import { folderSize } from './npm-package.ts';
import { checkoutCacheDirectory, checkoutDirectory } from './paths.ts';
import { InterruptedError, type Report } from './report.ts';

const packageDirectory = join(checkoutDirectory, 'node_modules', 'electron');

/** How long nothing may arrive before a download counts as failed. A slow one is never given up. */
const firstByteMs = 45_000;
const stalledMs = 120_000;

/** Where an unpacked Electron keeps its executable, as in the electron package's own installer. */
export function executableName(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** The version of the installed electron package. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as { version: string })
    .version;
}

/** The electron package's own executable, if it has been downloaded completely. */
export function packageExecutable(): string | undefined {
  try {
    const version = readFileSync(join(packageDirectory, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
    const path = readFileSync(join(packageDirectory, 'path.txt'), 'utf8');
    const executable = join(packageDirectory, 'dist', path);
    return version === packageVersion() && existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Lets the electron package download its binary with its own installer, which checks it against the checksums in
 * the package and knows ELECTRON_MIRROR and the shared download cache.
 * @returns the executable, or why there is none
 */
export async function downloadPackageExecutable(
  report: Report,
): Promise<{ executable: string } | { reason: string }> {
  return withDirectoryLock(join(checkoutCacheDirectory, 'electron-download.lock'), report, async () => {
    const present = packageExecutable();
    if (present !== undefined) return { executable: present };
    await mkdir(checkoutCacheDirectory, { recursive: true });
    const temporary = await mkdtemp(join(checkoutCacheDirectory, 'electron-download-'));
    try {
      return await runInstaller(temporary, report);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  });
}

async function runInstaller(
  temporary: string,
  report: Report,
): Promise<{ executable: string } | { reason: string }> {
  report.say(`Downloading Electron ${packageVersion()} …`);
  const stall = new AbortController();
  let received = 0;
  let lastChange = Date.now();
  const timer = setInterval(async () => {
    const size = await folderSize(temporary);
    if (size !== received) lastChange = Date.now();
    received = size;
    const waited = Math.round((Date.now() - lastChange) / 1000);
    report.progress(
      size > 0
        ? `  ${(size / 1e6).toFixed(0)} MB of Electron ${packageVersion()}`
        : `  waiting for an answer, ${waited} of at most ${firstByteMs / 1000} s`,
    );
    if (Date.now() - lastChange > (received === 0 ? firstByteMs : stalledMs)) stall.abort();
  }, 500);
  const result = await capture(process.execPath, [join(packageDirectory, 'install.js')], {
    env: installerEnvironment(process.env, temporary),
    signal: stall.signal,
  })
    .catch((error: Error) => {
      if (error instanceof InterruptedError) throw error;
      return { code: 1, stdout: '', stderr: error.message };
    })
    .finally(() => clearInterval(timer));
  const executable = packageExecutable();
  if (result.code === 0 && executable !== undefined) return { executable };
  return { reason: stall.signal.aborted ? 'nothing arrived' : installerReason(result.stderr) };
}

/** The installer's environment: its temporary files where their size can be watched, and npm's proxy for Node's fetch. */
export function installerEnvironment(env: NodeJS.ProcessEnv, temporary: string): NodeJS.ProcessEnv {
  const proxy = env.HTTPS_PROXY ?? env.https_proxy ?? env.npm_config_https_proxy ?? env.npm_config_proxy;
  return {
    ...env,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    ELECTRON_GET_NO_PROGRESS: '1',
    ...(proxy === undefined ? {} : { HTTPS_PROXY: proxy, NODE_USE_ENV_PROXY: '1' }),
  };
}

/** The first line of the installer's error, without the kind of error. */
export function installerReason(stderr: string): string {
  const line = stderr.split('\n').find((text) => text.trim() !== '') ?? 'no reason given';
  return line.trim().replace(/^\w*Error: /, '');
}
