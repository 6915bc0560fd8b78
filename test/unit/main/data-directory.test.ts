import { chmod, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { claimDataDirectory, defaultDataDirectory, localOperator } from '../../../src/main/data-directory.ts';
import { newDataDirectory, removeDataDirectory } from '../../support/data-directory.ts';

let folder: string;
beforeEach(async () => {
  folder = await newDataDirectory();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await removeDataDirectory(folder);
});

const mode = async (path: string) => (await stat(path)).mode & 0o777;

describe('a data directory', () => {
  test('is made with everything above it, for its owner alone', async () => {
    const path = join(folder, 'a', 'b');
    expect(claimDataDirectory(path)).toBe(path);
    expect(await mode(path)).toBe(0o700);
  });

  test('that others can read is closed to them', async () => {
    await chmod(folder, 0o755);
    claimDataDirectory(folder);
    expect(await mode(folder)).toBe(0o700);
  });

  test('may be named relatively, or by a link', async () => {
    expect(claimDataDirectory(relative(process.cwd(), folder))).toBe(resolve(folder));
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'link'));
    expect(claimDataDirectory(join(folder, 'link'))).toBe(join(folder, 'link'));
  });

  test('that is a file is refused by name', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'below')]) {
      expect(() => claimDataDirectory(path)).toThrow(
        expect.objectContaining({ code: 'data-directory-foreign', message: expect.stringContaining(path) }),
      );
    }
  });

  // Whoever runs the tests owns what they make, so another user is played by claiming to be one.
  test('of another OS user is refused, and left as it is', async () => {
    await chmod(folder, 0o755);
    const { uid } = await stat(folder);
    vi.spyOn(process, 'getuid').mockReturnValue(uid + 1);
    expect(() => claimDataDirectory(folder)).toThrow(
      expect.objectContaining({
        code: 'data-directory-foreign',
        message: expect.stringContaining(`belongs to another OS user (id ${uid})`),
      }),
    );
    expect(await mode(folder)).toBe(0o755);
  });
});

describe.runIf(process.platform === 'linux')('by default', () => {
  test('lies where the desktop keeps application data', () => {
    vi.stubEnv('XDG_DATA_HOME', '/srv/data');
    expect(defaultDataDirectory()).toBe('/srv/data/rollcall');
  });

  test.each(['', 'relative/path'])('lies below the home folder when that place is %j', (value) => {
    vi.stubEnv('XDG_DATA_HOME', value);
    expect(defaultDataDirectory()).toMatch(/^\/.*\/\.local\/share\/rollcall$/);
  });
});

test('the operator is the OS user', () => {
  expect(localOperator()).toBe(`local:${userInfo().username}`);
});
