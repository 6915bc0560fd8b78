import { capture } from './child-process.ts';
import { findProgram } from './program.ts';
import { createReport, type Report, runScript, SetupError } from './report.ts';

/**
 * What a script is about to do: open a window, open it without a display, keep secrets in a private keyring, compile
 * native code, or make a Python environment.
 */
export type Need = 'window' | 'virtual-display' | 'keyring' | 'build' | 'python';

interface Requirement {
  /** A program in PATH, a shared library's soname, or a module that `python3` can import. */
  program?: string;
  library?: string;
  pythonModule?: string;
  /** The Debian package that brings it. */
  debianPackage: string;
}

const requirements: Record<Need, readonly Requirement[]> = {
  window: [
    { library: 'libnss3.so', debianPackage: 'libnss3' },
    { library: 'libatk-1.0.so.0', debianPackage: 'libatk1.0-0' },
    { library: 'libatk-bridge-2.0.so.0', debianPackage: 'libatk-bridge2.0-0' },
    { library: 'libcups.so.2', debianPackage: 'libcups2' },
    { library: 'libgtk-3.so.0', debianPackage: 'libgtk-3-0' },
    { library: 'libgbm.so.1', debianPackage: 'libgbm1' },
    { library: 'libasound.so.2', debianPackage: 'libasound2' },
    { library: 'libdrm.so.2', debianPackage: 'libdrm2' },
    { library: 'libxkbcommon.so.0', debianPackage: 'libxkbcommon0' },
    { library: 'libsecret-1.so.0', debianPackage: 'libsecret-1-0' },
  ],
  'virtual-display': [{ program: 'Xvfb', debianPackage: 'xvfb' }],
  keyring: [
    { program: 'dbus-daemon', debianPackage: 'dbus' },
    { program: 'gnome-keyring-daemon', debianPackage: 'gnome-keyring' },
    { library: 'libsecret-1.so.0', debianPackage: 'libsecret-1-0' },
  ],
  build: [
    { program: 'g++', debianPackage: 'build-essential' },
    { program: 'make', debianPackage: 'build-essential' },
    { program: 'python3', debianPackage: 'python3' },
  ],
  python: [
    { program: 'python3', debianPackage: 'python3' },
    { pythonModule: 'ensurepip', debianPackage: 'python3-venv' },
  ],
};

/** The outside world of {@link missingPackages}. */
export interface InstalledThings {
  hasProgram(name: string): boolean;
  /** Sonames the dynamic linker knows, or undefined when they cannot be listed (then none counts as missing). */
  libraries: ReadonlySet<string> | undefined;
  /** Those of the named Python modules that can be imported. */
  pythonModules?: ReadonlySet<string>;
}

/** The Debian packages that are missing for the needs, each once, in a stable order. */
export function missingPackages(needs: readonly Need[], installed: InstalledThings): string[] {
  const missing = needs
    .flatMap((need) => requirements[need])
    .filter(({ program, library, pythonModule }) => {
      if (program !== undefined) return !installed.hasProgram(program);
      if (pythonModule !== undefined) return !installed.pythonModules?.has(pythonModule);
      return library !== undefined && installed.libraries !== undefined && !installed.libraries.has(library);
    });
  return [...new Set(missing.map((requirement) => requirement.debianPackage))];
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries to `…t64`; takes the name the package index knows. */
export function currentNames(packages: readonly string[], known: ReadonlySet<string>): string[] {
  return packages.map((name) => (!known.has(name) && known.has(`${name}t64`) ? `${name}t64` : name));
}

/** The one sentence for a person who must install something. */
export function missingSentence(packages: readonly string[], hasApt: boolean): string {
  const names = packages.join(' ');
  return hasApt
    ? `Some system packages are missing; run: sudo apt-get install -y ${names}`
    : `Some system packages are missing; install what your distribution calls these Debian packages: ${names}`;
}

/**
 * Makes sure the system has what the needs name. Does nothing outside Linux. Installs with apt when this is root,
 * otherwise throws a {@link SetupError} with the exact line to run.
 */
export async function ensureSystemPackages(needs: readonly Need[], report: Report): Promise<void> {
  if (process.platform !== 'linux') return;
  let missing = missingPackages(needs, await inspectSystem());
  if (missing.length === 0) return;
  const apt = findProgram('apt-get');
  if (apt === undefined || process.getuid?.() !== 0) {
    const names = currentNames(missing, await knownPackages());
    throw new SetupError(missingSentence(names, apt !== undefined));
  }
  await runApt(apt, ['update'], 'Updating the package index', report);
  const names = currentNames(missing, await knownPackages());
  await runApt(
    apt,
    ['install', '-y', '--no-install-recommends', ...names],
    `Installing ${names.join(' ')}`,
    report,
  );
  missing = missingPackages(needs, await inspectSystem());
  if (missing.length > 0) throw new SetupError(missingSentence(missing, true));
}

async function inspectSystem(): Promise<InstalledThings> {
  return {
    hasProgram: (name) => findProgram(name) !== undefined,
    libraries: await knownLibraries(),
    pythonModules: await knownPythonModules(),
  };
}

async function knownPythonModules(): Promise<Set<string>> {
  const python = findProgram('python3');
  if (python === undefined) return new Set();
  const wanted = Object.values(requirements).flatMap((all) => all.flatMap((one) => one.pythonModule ?? []));
  const script =
    'import sys, importlib.util as u; print("\\n".join(m for m in sys.argv[1:] if u.find_spec(m)))';
  return new Set((await capture(python, ['-c', script, ...wanted])).stdout.split(/\s+/));
}

/** Lists the dynamic linker's cache; systems without one (musl, NixOS) give undefined. */
async function knownLibraries(): Promise<Set<string> | undefined> {
  const ldconfig = findProgram('ldconfig');
  if (ldconfig === undefined) return undefined;
  const { code, stdout } = await capture(ldconfig, ['-p']);
  if (code !== 0) return undefined;
  return new Set(librariesOf(stdout, process.arch));
}

/** The sonames in `ldconfig -p` output that programs of the given architecture can load. */
export function librariesOf(listing: string, arch: string): string[] {
  const marks: Record<string, string> = { x64: 'x86-64', arm64: 'AArch64' };
  const mark = marks[arch] ?? '';
  return [...listing.matchAll(/^\s+(\S+) \(([^)]*)\) =>/gm)]
    .filter(([, , kind = '']) => kind.includes(mark))
    .map(([, name = '']) => name);
}

/** Every name in apt's package index; empty when there is no index yet. */
async function knownPackages(): Promise<Set<string>> {
  const aptCache = findProgram('apt-cache');
  if (aptCache === undefined) return new Set();
  return new Set((await capture(aptCache, ['pkgnames'])).stdout.split('\n'));
}

async function runApt(apt: string, args: readonly string[], title: string, report: Report): Promise<void> {
  report.say(`${title} …`);
  const result = await capture(apt, ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    onOutput: (text) => report.progress(`  ${text.trim().split('\n').at(-1) ?? ''}`),
  });
  if (result.code === 0) return;
  const reason = `${result.stderr}\n${result.stdout}`.split('\n').find((line) => line.startsWith('E: '));
  throw new SetupError(
    `apt-get ${args.join(' ')} failed (${reason ?? `exit code ${result.code}`}); run it by hand to repair the package system.`,
  );
}

if (import.meta.main) {
  await runScript(async () => {
    await ensureSystemPackages(process.argv.slice(2) as Need[], createReport());
    return 0;
  });
}
