import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { capture } from './child-process.ts';
import {
  downloadPackageExecutable,
  executableName,
  packageExecutable,
  packageVersion,
} from './electron-download.ts';
import { ensureFallback, fallbackDirectory, fallbackVersion, hasFallback } from './electron-fallback.ts';
import { checkoutDirectory, userCacheDirectory } from './paths.ts';
import { createReport, type Report, runScript, SetupError } from './report.ts';
import { ensureSqliteBinding, prebuiltNodeApi } from './sqlite-build.ts';

/** An Electron that starts this checkout's application. */
export interface ElectronRuntime {
  /** Absolute path of the Electron executable. */
  executable: string;
  /** What to put on its command line, before any other argument, so that it loads this checkout. */
  args: string[];
  kind: 'override' | 'package' | 'registry-fallback';
  /** Electron's version, without a `v`. */
  version: string;
  /** better-sqlite3's native file for this Electron; absent when the prebuilt one loads. */
  sqliteBinding?: string;
  /** What the application's environment must have with this runtime. */
  env: { ROLLCALL_SQLITE_BINDING?: string };
}

/** The outside world of {@link chooseRuntime}. */
export interface RuntimeSources {
  /** ELECTRON_OVERRIDE_DIST_PATH, if set. */
  overrideDirectory: string | undefined;
  /** The electron package's executable, if it is on disk. */
  packageExecutable(): string | undefined;
  downloadPackage(): Promise<{ executable: string } | { reason: string }>;
  /** Absent on platforms without a registry fallback. */
  fallback?: {
    /** Why not to try a download now: one failed less than a day ago and the fallback is already made. */
    recentFailure(): string | undefined;
    ensure(): Promise<string>;
  };
  exists(path: string): boolean;
}

/** What was chosen, and the end of the sentence that says why. */
export interface RuntimeChoice {
  kind: ElectronRuntime['kind'];
  executable: string;
  reason: string;
}

/**
 * Chooses in this order: the override, the electron package's own binary (downloaded if need be), the registry
 * fallback. Throws a {@link SetupError} when the override has no Electron or nothing is left.
 */
export async function chooseRuntime(sources: RuntimeSources): Promise<RuntimeChoice> {
  if (sources.overrideDirectory !== undefined) {
    const executable = resolve(sources.overrideDirectory, executableName());
    if (!sources.exists(executable)) {
      throw new SetupError(
        `ELECTRON_OVERRIDE_DIST_PATH names ${sources.overrideDirectory}, which has no ${executableName()}; point it at the folder of an unpacked Electron or unset it.`,
      );
    }
    return { kind: 'override', executable, reason: 'ELECTRON_OVERRIDE_DIST_PATH names it' };
  }
  const present = sources.packageExecutable();
  if (present !== undefined) {
    return { kind: 'package', executable: present, reason: "the electron package's own binary" };
  }
  const known = sources.fallback?.recentFailure();
  const download = known === undefined ? await sources.downloadPackage() : { reason: known };
  if ('executable' in download) {
    return { kind: 'package', executable: download.executable, reason: 'just downloaded' };
  }
  if (sources.fallback === undefined) {
    throw new SetupError(
      `Electron could not be downloaded (${download.reason}); set ELECTRON_MIRROR to a mirror you can reach, or ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.`,
    );
  }
  return {
    kind: 'registry-fallback',
    executable: await sources.fallback.ensure(),
    reason: `Electron ${packageVersion()} could not be downloaded: ${download.reason}`,
  };
}

/**
 * Finds or makes the Electron runtime and says in one line which one it took and why.
 * @throws SetupError with the fix when there is none
 */
export async function ensureElectronRuntime(report: Report): Promise<ElectronRuntime> {
  const choice = await chooseRuntime(realSources(report));
  const { version, nodeApi } = await inspect(choice);
  report.say(`Electron ${version} (${choice.kind}): ${choice.reason}.`);
  const { kind, executable } = choice;
  const runtime: ElectronRuntime = {
    executable,
    args: applicationArguments(executable),
    kind,
    version,
    env: {},
  };
  if (nodeApi >= prebuiltNodeApi) return runtime;
  const sqliteBinding = await ensureSqliteBinding(executable, nodeApi, report);
  return { ...runtime, sqliteBinding, env: { ROLLCALL_SQLITE_BINDING: sqliteBinding } };
}

const failureValidMs = 24 * 60 * 60 * 1000;

function realSources(report: Report): RuntimeSources {
  const record = join(userCacheDirectory(), `electron-${packageVersion()}-download-failed.json`);
  const fallback = {
    recentFailure() {
      if (!existsSync(fallbackDirectory())) return undefined;
      try {
        const { at, reason } = JSON.parse(readFileSync(record, 'utf8')) as { at: number; reason: string };
        const age = Date.now() - at;
        if (age < 0 || age > failureValidMs) return undefined;
        return `${reason}, tried less than a day ago, delete ${record} to try again now`;
      } catch {
        return undefined;
      }
    },
    ensure: () => ensureFallback(report),
  };
  return {
    overrideDirectory: process.env.ELECTRON_OVERRIDE_DIST_PATH || undefined,
    packageExecutable,
    async downloadPackage() {
      const result = await downloadPackageExecutable(report);
      if ('reason' in result) {
        mkdirSync(userCacheDirectory(), { recursive: true });
        writeFileSync(record, JSON.stringify({ at: Date.now(), reason: result.reason }));
      } else {
        rmSync(record, { force: true });
      }
      return result;
    },
    exists: existsSync,
    ...(hasFallback(process.platform, process.arch) ? { fallback } : {}),
  };
}

/** Asks the runtime itself, which also shows that it starts. */
async function inspect({ kind, executable }: RuntimeChoice): Promise<{ version: string; nodeApi: number }> {
  if (kind === 'package') return { version: packageVersion(), nodeApi: prebuiltNodeApi };
  if (kind === 'registry-fallback') return { version: fallbackVersion, nodeApi: 9 };
  const program = 'process.stdout.write(JSON.stringify(process.versions))';
  const result = await capture(executable, ['-e', program], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  try {
    const versions = JSON.parse(result.stdout) as { electron: string; napi: string };
    return { version: versions.electron, nodeApi: Number(versions.napi) };
  } catch {
    const detail = result.stderr.trim().split('\n')[0] || `exit code ${result.code}`;
    throw new SetupError(
      `The Electron at ${executable} does not start (${detail}); replace it or unset ELECTRON_OVERRIDE_DIST_PATH.`,
    );
  }
}

/** A runtime whose own resources/app already is this checkout must not be given the folder a second time. */
function applicationArguments(executable: string): string[] {
  const resources = join(dirname(executable), 'resources');
  const linked = join(resources, 'app', 'package.json');
  if (!existsSync(linked) || existsSync(join(resources, 'default_app.asar'))) return [checkoutDirectory];
  const { name } = JSON.parse(readFileSync(linked, 'utf8')) as { name: string };
  return name === 'electron' ? [checkoutDirectory] : [];
}

if (import.meta.main) {
  await runScript(async () => {
    const runtime = await ensureElectronRuntime(createReport(process.stderr));
    process.stdout.write(`${JSON.stringify(runtime)}\n`);
    return 0;
  });
}
