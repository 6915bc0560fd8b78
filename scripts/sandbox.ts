import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture } from './child-process.ts';
import { findProgram } from './program.ts';
import { type Report, SetupError } from './report.ts';

/** What decides whether Chromium can start its sandbox. */
export interface SandboxFacts {
  platform: NodeJS.Platform;
  isRoot: boolean;
  /** Whether an ordinary user may create user namespaces. */
  userNamespaces: boolean;
  /** Whether chrome-sandbox beside the executable belongs to root and is setuid. */
  setuidHelper: boolean;
}

/** `on`, `off` for root (Chromium refuses to start as root with it), or `blocked` by the system. */
export function sandboxState(facts: SandboxFacts): 'on' | 'off' | 'blocked' {
  if (facts.platform !== 'linux') return 'on';
  if (facts.isRoot) return 'off';
  return facts.userNamespaces || facts.setuidHelper ? 'on' : 'blocked';
}

/**
 * The arguments that let this user start Electron: `--no-sandbox` for root on Linux, said aloud, otherwise none.
 * @throws SetupError with the command to run when the system forbids the sandbox
 */
export async function sandboxArguments(executable: string, report: Report): Promise<string[]> {
  const helper = join(dirname(executable), 'chrome-sandbox');
  const isRoot = process.getuid?.() === 0;
  const state = sandboxState({
    platform: process.platform,
    isRoot,
    userNamespaces: isRoot || process.platform !== 'linux' || (await canCreateUserNamespace()),
    setuidHelper: isSetuidRoot(helper),
  });
  if (state === 'blocked') {
    throw new SetupError(
      `This system forbids Chromium's sandbox; allow it with: sudo chown root '${helper}' && sudo chmod 4755 '${helper}'`,
    );
  }
  if (state === 'on') return [];
  report.say("Running as root, so without Chromium's sandbox (--no-sandbox).");
  return ['--no-sandbox'];
}

async function canCreateUserNamespace(): Promise<boolean> {
  const unshare = findProgram('unshare');
  if (unshare === undefined) return true;
  return (await capture(unshare, ['--user', '--map-root-user', 'true'])).code === 0;
}

function isSetuidRoot(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0;
}
