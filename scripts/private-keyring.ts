import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture, spawnBound, waitForExit } from './child-process.ts';
import { SetupError } from './report.ts';

/** A D-Bus session of its own with a real, unlocked keyring that nothing else can reach. */
export interface PrivateKeyring {
  /** Value for DBUS_SESSION_BUS_ADDRESS. */
  busAddress: string;
  close(): Promise<void>;
}

const startLimitMs = 15_000;

/**
 * Starts a D-Bus session bus and gnome-keyring with all their files in a temporary folder, so that neither the
 * person's own keyring nor their running keyring daemon is touched. Throws a {@link SetupError} when either fails.
 */
export async function openPrivateKeyring(): Promise<PrivateKeyring> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-keyring-'));
  const started: { process: ChildProcess; ended: Promise<number> }[] = [];
  const start = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => {
    const child = spawnBound(command, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const ended = waitForExit(child, command).catch(() => 1);
    started.unshift({ process: child, ended });
    return { child, ended };
  };
  const close = async () => {
    for (const { process: child, ended } of started) {
      child.kill('SIGTERM');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const runtime = join(folder, 'runtime');
    await mkdir(runtime, { mode: 0o700 });
    // Services that the bus starts inherit this too, so even an activated keyring daemon stays in the folder.
    const env = {
      ...process.env,
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_RUNTIME_DIR: runtime,
    };
    const bus = start(
      'dbus-daemon',
      ['--session', '--nofork', '--nopidfile', `--address=unix:dir=${runtime}`, '--print-address'],
      env,
    );
    const busAddress = await Promise.race([firstOutput(bus.child), bus.ended.then(() => '')]);
    if (busAddress === '')
      throw new SetupError('dbus-daemon did not start; run `dbus-daemon --session` to see why.');
    const withBus = { ...env, DBUS_SESSION_BUS_ADDRESS: busAddress };
    const daemon = start(
      'gnome-keyring-daemon',
      ['--foreground', '--unlock', '--components=secrets'],
      withBus,
    );
    // The password is forgotten at once: the keyring lives as long as this daemon.
    daemon.child.stdin?.on('error', () => {}).end(randomBytes(16).toString('hex'));
    await waitForSecretService(withBus);
    return { busAddress, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function waitForSecretService(env: NodeJS.ProcessEnv): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline) {
    const reply = await capture(
      'dbus-send',
      [
        '--session',
        '--print-reply',
        '--dest=org.freedesktop.DBus',
        '/',
        'org.freedesktop.DBus.NameHasOwner',
        'string:org.freedesktop.secrets',
      ],
      { env },
    );
    if (reply.stdout.includes('boolean true')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new SetupError(
    'gnome-keyring-daemon did not offer the secret service; run `gnome-keyring-daemon --foreground` to see why.',
  );
}

function firstOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.stdout?.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
  });
}
