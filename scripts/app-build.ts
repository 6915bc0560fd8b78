import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { capture, toolScript } from './child-process.ts';
import { withDirectoryLock } from './directory-lock.ts';
import { checkoutCacheDirectory, checkoutDirectory } from './paths.ts';
import { formatDuration, type Report, SetupError, withProgress } from './report.ts';

/** What a build is made from. */
const inputs = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];

/** What a complete build has; electron-vite makes them one after the other. */
const outputs = ['out/main', 'out/preload', 'out/renderer'];

/** Modification times in milliseconds since 1970. */
export interface BuildTimes {
  /** The newest file or folder among the inputs. */
  newestInput: { path: string; time: number };
  /** For each output folder its newest file, or undefined when there is none. */
  outputs: readonly { path: string; time: number | undefined }[];
}

/** Why the application must be built, or undefined when the build is up to date. */
export function staleReason({ newestInput, outputs: made }: BuildTimes): string | undefined {
  for (const output of made) {
    if (output.time === undefined) return `${output.path} is missing`;
    if (output.time < newestInput.time) return `${newestInput.path} is newer than ${output.path}`;
  }
  return undefined;
}

/**
 * Builds the application into out/ when a part is missing or older than its source.
 * @throws SetupError when the build fails, after printing what the build said
 */
export async function ensureBuilt(report: Report): Promise<void> {
  if (staleReason(buildTimes()) === undefined) return;
  await withDirectoryLock(join(checkoutCacheDirectory, 'build.lock'), report, async () => {
    const reason = staleReason(buildTimes());
    if (reason === undefined) return;
    const start = Date.now();
    report.say(`Building the application (${reason}) …`);
    const result = await withProgress(
      report,
      (seconds) => `  building, ${seconds} s`,
      capture(process.execPath, [toolScript('electron-vite', 'electron-vite'), 'build'], {
        cwd: checkoutDirectory,
      }),
    );
    if (result.code !== 0) {
      report.say(result.stdout + result.stderr);
      throw new SetupError('The application could not be built; fix what the build says above.');
    }
    report.say(`Built in ${formatDuration(Date.now() - start)}.`);
  });
}

function buildTimes(): BuildTimes {
  const newest = inputs.map((path) => ({ path, ...newestIn(path) })).sort((a, b) => b.time - a.time)[0];
  return {
    newestInput: { path: newest?.newestPath ?? '', time: newest?.time ?? 0 },
    outputs: outputs.map((path) => {
      const { time } = newestIn(path, false);
      return { path, time: time === 0 ? undefined : time };
    }),
  };
}

/** Folders count among inputs, because removing or renaming a file changes only its folder's time. */
function newestIn(path: string, countFolders = true): { newestPath: string; time: number } {
  const found = statSync(join(checkoutDirectory, path), { throwIfNoEntry: false });
  if (found === undefined) return { newestPath: path, time: 0 };
  if (!found.isDirectory()) return { newestPath: path, time: found.mtimeMs };
  let newest = { newestPath: path, time: countFolders ? found.mtimeMs : 0 };
  for (const name of readdirSync(join(checkoutDirectory, path))) {
    const inner = newestIn(`${path}/${name}`, countFolders);
    if (inner.time > newest.time) newest = inner;
  }
  return newest;
}
