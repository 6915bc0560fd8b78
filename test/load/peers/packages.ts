import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCachedFolder } from '../../../scripts/cached-folder.ts';
import { capture } from '../../../scripts/child-process.ts';
import { checkMarker } from '../../../scripts/integrity.ts';
import { npmReason, npmScript } from '../../../scripts/npm-package.ts';
import { userCacheDirectory } from '../../../scripts/paths.ts';
import { type Report, SetupError } from '../../../scripts/report.ts';

/** Counts changes to registry/package-lock.json, so that older caches are not taken for current ones. */
const recipe = 1;

/** Where `npm run bench:prepare` puts the peers, for all checkouts of one user. */
export function peersDirectory(): string {
  return join(userCacheDirectory(), `bench-peers-r${recipe}`);
}

/** The peers' folder when it is complete and unchanged; otherwise why not, as one line with the remedy. */
export async function preparedPeers(): Promise<{ folder: string } | { reason: string }> {
  const folder = peersDirectory();
  const found = await checkMarker(folder);
  if (found === 'complete') return { folder };
  const state = found === 'absent' ? 'were not fetched yet' : `are damaged (${found.damage})`;
  return { reason: `The peers ${state}, so they are left out; get them once with: npm run bench:prepare` };
}

/**
 * Fetches the peers from the npm registry, at the versions and hashes of the lock file, unless they are there.
 * @returns whether they were fetched in this run
 * @throws SetupError when the registry does not deliver them
 */
export function fetchPeers(report: Report): Promise<boolean> {
  return ensureCachedFolder(peersDirectory(), report, async (folder) => {
    for (const name of ['package.json', 'package-lock.json']) {
      cpSync(join(import.meta.dirname, 'registry', name), join(folder, name));
    }
    report.say('Fetching the peers from the npm registry (some 20 MB) …');
    const args = [
      'ci',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-bin-links',
      '--loglevel',
      'error',
    ];
    const { code, stderr } = await capture(process.execPath, [npmScript(), ...args], { cwd: folder });
    if (code !== 0) {
      throw new SetupError(
        `The peers could not be fetched from the npm registry (${npmReason(stderr)}); check your npm registry settings and run this again.`,
      );
    }
  });
}
