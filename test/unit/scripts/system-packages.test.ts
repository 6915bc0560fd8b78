import { expect, test } from 'vitest';
import {
  currentNames,
  librariesOf,
  missingPackages,
  missingSentence,
  type Need,
} from '../../../scripts/system-packages.ts';

const everything: Need[] = ['window', 'virtual-display', 'keyring', 'build', 'python'];

test('a bare machine misses every package, each named once', () => {
  const missing = missingPackages(everything, { hasProgram: () => false, libraries: new Set() });
  expect(missing).toContain('xvfb');
  expect(missing).toContain('gnome-keyring');
  expect(missing.filter((name) => name === 'libsecret-1-0')).toHaveLength(1);
  expect(missing.filter((name) => name === 'build-essential')).toHaveLength(1);
});

test('only what the needs name is looked at', () => {
  expect(missingPackages(['virtual-display'], { hasProgram: () => false, libraries: new Set() })).toEqual([
    'xvfb',
  ]);
  expect(missingPackages(['build'], { hasProgram: (name) => name !== 'make', libraries: new Set() })).toEqual(
    ['build-essential'],
  );
  expect(missingPackages([], { hasProgram: () => false, libraries: new Set() })).toEqual([]);
});

test('a Python without the module that makes environments misses the package that has it', () => {
  const installed = { hasProgram: () => true, libraries: undefined };
  expect(missingPackages(['python'], { ...installed, pythonModules: new Set<string>() })).toEqual([
    'python3-venv',
  ]);
  expect(missingPackages(['python'], { ...installed, pythonModules: new Set(['ensurepip']) })).toEqual([]);
});

test('libraries that cannot be listed are not guessed to be missing', () => {
  expect(missingPackages(['window'], { hasProgram: () => true, libraries: undefined })).toEqual([]);
});

test('the sentence holds the exact line to run', () => {
  expect(missingSentence(['xvfb', 'dbus'], true)).toBe(
    'Some system packages are missing; run: sudo apt-get install -y xvfb dbus',
  );
  expect(missingSentence(['xvfb'], false)).toContain('install what your distribution calls');
});

test('names follow the package index', () => {
  const renamed = new Set(['libasound2t64', 'libasound2-data', 'xvfb']);
  expect(currentNames(['libasound2', 'xvfb'], renamed)).toEqual(['libasound2t64', 'xvfb']);
  expect(currentNames(['libasound2'], new Set(['libasound2']))).toEqual(['libasound2']);
  expect(currentNames(['libasound2'], new Set())).toEqual(['libasound2']);
});

test('only libraries of the right architecture count', () => {
  const listing = `2 libs found in cache
\tlibnss3.so (libc6,x86-64) => /lib/x86_64-linux-gnu/libnss3.so
\tlibgbm.so.1 (libc6) => /lib/i386-linux-gnu/libgbm.so.1
\tlibdrm.so.2 (libc6,AArch64) => /lib/aarch64-linux-gnu/libdrm.so.2
`;
  expect(librariesOf(listing, 'x64')).toEqual(['libnss3.so']);
  expect(librariesOf(listing, 'arm64')).toEqual(['libdrm.so.2']);
});
