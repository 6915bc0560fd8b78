import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runInForeground } from './child-process.ts';
import { openPrivateKeyring } from './private-keyring.ts';
import { createReport, type Report, runScript, SetupError } from './report.ts';
import { ensureSystemPackages, type Need } from './system-packages.ts';
import { openVirtualDisplay, screenSize } from './virtual-display.ts';

/** What a program needs around it. Only Linux can lack these; elsewhere both choices change nothing. */
export interface SessionOptions {
  /** `own`: the person's display, or a virtual one where there is none. `private`: always a virtual one. */
  display: 'own' | 'private';
  /** `own`: the person's session bus, if there is one. `private`: a throwaway bus with an unlocked keyring. */
  keyring: 'own' | 'private';
}

/** A running session. Close it whatever happens. */
export interface DesktopSession {
  /** The whole environment for programs inside; a key set to undefined is removed. */
  env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** Whether a Linux environment has no display a window could open on. */
export function isHeadless(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
}

/** Whether a Linux environment has a session bus, which the keyring is reached through. */
export function hasSessionBus(
  env: NodeJS.ProcessEnv,
  exists: (path: string) => boolean = existsSync,
): boolean {
  if (env.DBUS_SESSION_BUS_ADDRESS) return true;
  return Boolean(env.XDG_RUNTIME_DIR) && exists(join(env.XDG_RUNTIME_DIR ?? '', 'bus'));
}

/** The system packages that a session asks for. */
export function sessionNeeds(options: SessionOptions, env: NodeJS.ProcessEnv = process.env): Need[] {
  const needs: Need[] = ['window'];
  if (options.display === 'private' || isHeadless(env)) needs.push('virtual-display');
  if (options.keyring === 'private') needs.push('keyring');
  return needs;
}

/**
 * Opens the session and says in one line for each part what was put in the place of a real desktop.
 * @throws SetupError when a part does not start
 */
export async function openDesktopSession(options: SessionOptions, report: Report): Promise<DesktopSession> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  const parts: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const part of parts.reverse()) await part.close();
    parts.length = 0;
  };
  if (process.platform !== 'linux') return { env, close };
  try {
    if (options.display === 'private' || isHeadless(env)) {
      const display = await openVirtualDisplay();
      parts.push(display);
      Object.assign(env, {
        DISPLAY: display.name,
        XAUTHORITY: display.authority,
        WAYLAND_DISPLAY: undefined,
      });
      report.say(
        `Using a virtual display, ${display.name} (${screenSize}); to look at it: x11vnc -display ${display.name} -auth ${display.authority}`,
      );
    }
    if (options.keyring === 'private') {
      const keyring = await openPrivateKeyring();
      parts.push(keyring);
      env.DBUS_SESSION_BUS_ADDRESS = keyring.busAddress;
      report.say('Using a private keyring that ends with this run.');
    } else if (!hasSessionBus(env)) {
      // Without this, D-Bus may start a bus of its own that has no keyring and outlives the application.
      env.DBUS_SESSION_BUS_ADDRESS = 'disabled:';
      report.say(
        'No D-Bus session here, so no OS keychain: secrets stay locked; run this in a desktop session, or under dbus-run-session with an unlocked keyring.',
      );
    }
    return { env, close };
  } catch (error) {
    await close();
    throw error;
  }
}

if (import.meta.main) {
  await runScript(async () => {
    const [command, ...args] = process.argv.slice(2);
    if (command === undefined) {
      throw new SetupError('Name the command to run: node scripts/desktop-session.ts COMMAND [ARGUMENT …]');
    }
    const report = createReport(process.stderr);
    const options: SessionOptions = { display: 'private', keyring: 'private' };
    await ensureSystemPackages(sessionNeeds(options), report);
    const session = await openDesktopSession(options, report);
    try {
      return await runInForeground(command, args, { env: session.env });
    } finally {
      await session.close();
    }
  });
}
