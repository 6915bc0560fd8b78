import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { spawnBound, waitForExit } from './child-process.ts';
import { SetupError } from './report.ts';

/** An X server without a screen. */
export interface VirtualDisplay {
  /** For example `:1`. */
  name: string;
  /** The file with the cookie that lets a program connect. */
  authority: string;
  close(): Promise<void>;
}

/** Width, height and colour depth of the virtual screen. */
export const screenSize = '1440x900x24';

/**
 * Starts Xvfb on a display number of its own choice, open only to programs that have its cookie.
 * Throws a {@link SetupError} when it does not start.
 */
export async function openVirtualDisplay(): Promise<VirtualDisplay> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-display-'));
  const authority = join(folder, 'Xauthority');
  await writeFile(authority, authorityEntry(randomBytes(16)), { mode: 0o600 });
  const args = ['-displayfd', '3', '-screen', '0', screenSize, '-nolisten', 'tcp', '-auth', authority];
  const server = spawnBound('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let complaint = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const ended = waitForExit(server, 'Xvfb').catch(() => 1);
  const number = await Promise.race([firstLine(server.stdio[3] as Readable), ended.then(() => undefined)]);
  const close = async () => {
    server.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  if (number === undefined) {
    await close();
    throw new SetupError(
      `Xvfb did not start (${complaint.trim().split('\n').at(-1) ?? ''}); start it by hand and set DISPLAY.`,
    );
  }
  return { name: `:${number}`, authority, close };
}

/** One Xauthority record that holds for every host and every display number. */
export function authorityEntry(cookie: Buffer): Buffer {
  const familyWild = 0xffff;
  const counted = (bytes: Buffer) => Buffer.concat([uint16(bytes.length), bytes]);
  return Buffer.concat([
    uint16(familyWild),
    counted(Buffer.alloc(0)),
    counted(Buffer.alloc(0)),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(cookie),
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function firstLine(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (text.includes('\n')) resolve(text.trim());
    });
  });
}
