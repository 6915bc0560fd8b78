import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rollcall, rollcallJson, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { runOkta } from '../support/idp-traffic.ts';

/** Every byte below a folder. */
function everything(folder: string): Buffer[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? everything(path) : [readFileSync(path)];
  });
}

test('the token is nowhere on disk and in no log, wherever a caller put it', async () => {
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  const served = await serve(data);
  const { token, id } = await rollcallJson(['token', 'create', '--data', data]);
  const Authorization = `Bearer ${token}`;

  await runOkta({ base: served.endpoint, token });
  const careless: [string, RequestInit][] = [
    [`/Users?access_token=${token}`, { headers: { Authorization } }],
    [`/Users/${token}`, { headers: { Authorization } }],
    [`/${token}/Users`, { headers: { Authorization } }],
    ['/Users', { headers: { Authorization, 'User-Agent': `Bearer ${token}` } }],
    ['/Users', { headers: { Authorization: token } }],
    [`/Users?filter=${encodeURIComponent(`userName eq "${token}"`)}`, { headers: { Authorization } }],
    ['/Users', { method: 'POST', headers: { Authorization }, body: JSON.stringify({ userName: token }) }],
    ['/Users', { method: 'POST', headers: { Authorization }, body: `not JSON ${token}` }],
    [
      '/Users',
      {
        method: 'POST',
        headers: { Authorization },
        body: JSON.stringify({ userName: 'a@b.example', password: token, [token]: token, nonsense: token }),
      },
    ],
  ];
  for (const [path, init] of careless) await fetch(served.endpoint + path, init);
  const shown = await rollcall(['activity', 'list', '--data', data, '--json']);
  const rotated = await rollcallJson(['token', 'rotate', id, '--data', data]);
  await served.stop('SIGTERM');

  for (const secret of [token, rotated.token] as string[]) {
    const files = everything(data);
    expect(files.length).toBeGreaterThan(2);
    expect(files.filter((bytes) => bytes.includes(secret))).toEqual([]);
    expect(served.stderr()).not.toContain(secret);
    expect(shown.stdout + shown.stderr).not.toContain(secret);
  }
  // The search itself must be able to find: the prefix is there.
  expect(everything(data).some((bytes) => bytes.includes(token.slice(0, 13)))).toBe(true);
  await removeDataDirectory(data);
});
