import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { executableName } from '../../../scripts/electron-download.ts';
import { chooseRuntime, type RuntimeSources } from '../../../scripts/electron-runtime.ts';

/** A machine on which nothing is there and nothing can be fetched; records what was tried. */
function machine(changes: Partial<RuntimeSources> = {}) {
  const tried: string[] = [];
  const sources: RuntimeSources = {
    overrideDirectory: undefined,
    packageExecutable: () => {
      tried.push('package');
      return undefined;
    },
    downloadPackage: async () => {
      tried.push('download');
      return { reason: 'fetch failed' };
    },
    fallback: {
      recentFailure: () => undefined,
      ensure: async () => {
        tried.push('fallback');
        return '/cache/electron';
      },
    },
    exists: () => true,
    ...changes,
  };
  return { sources, tried };
}

test('the override wins and nothing else is tried', async () => {
  const { sources, tried } = machine({ overrideDirectory: 'own' });
  const choice = await chooseRuntime(sources);
  expect(choice).toMatchObject({ kind: 'override', executable: resolve('own', executableName()) });
  expect(tried).toEqual([]);
});

test('an override without an Electron is refused instead of falling through', async () => {
  const { sources, tried } = machine({ overrideDirectory: '/own', exists: () => false });
  await expect(chooseRuntime(sources)).rejects.toThrow(
    /ELECTRON_OVERRIDE_DIST_PATH names \/own.*unset it\.$/,
  );
  expect(tried).toEqual([]);
});

test("the package's own binary is taken without a download", async () => {
  const { sources, tried } = machine({ packageExecutable: () => '/package/electron' });
  expect(await chooseRuntime(sources)).toMatchObject({ kind: 'package', executable: '/package/electron' });
  expect(tried).toEqual([]);
});

test('a successful download never reaches the fallback', async () => {
  const { sources, tried } = machine({ downloadPackage: async () => ({ executable: '/downloaded' }) });
  expect(await chooseRuntime(sources)).toMatchObject({ kind: 'package', executable: '/downloaded' });
  expect(tried).toEqual(['package']);
});

test('the fallback comes last, and the reason names why the download failed', async () => {
  const { sources, tried } = machine();
  const choice = await chooseRuntime(sources);
  expect(choice).toMatchObject({ kind: 'registry-fallback', executable: '/cache/electron' });
  expect(choice.reason).toContain('fetch failed');
  expect(tried).toEqual(['package', 'download', 'fallback']);
});

test('a download that failed recently is not repeated while the fallback is there', async () => {
  const { sources, tried } = machine();
  if (sources.fallback) sources.fallback.recentFailure = () => 'failed an hour ago';
  expect((await chooseRuntime(sources)).reason).toContain('failed an hour ago');
  expect(tried).toEqual(['package', 'fallback']);
});

test('where there is no fallback the sentence names both ways out', async () => {
  const { sources } = machine();
  delete sources.fallback;
  await expect(chooseRuntime(sources)).rejects.toThrow(
    /fetch failed.*ELECTRON_MIRROR.*ELECTRON_OVERRIDE_DIST_PATH/,
  );
});
