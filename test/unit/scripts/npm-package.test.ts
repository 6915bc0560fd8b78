import { expect, test } from 'vitest';
import { installerEnvironment, installerReason } from '../../../scripts/electron-download.ts';
import { npmReason } from '../../../scripts/npm-package.ts';

test("npm's error becomes a short reason", () => {
  const stderr = `npm error code E404
npm error 404 Not Found - GET registry/nothing
npm error 404
npm error A complete log of this run can be found in: somewhere`;
  expect(npmReason(stderr)).toBe('E404: 404 Not Found - GET registry/nothing');
  expect(npmReason('')).toBe('npm gave no reason');
});

test("the installer's error becomes a short reason", () => {
  expect(installerReason('TypeError: fetch failed\n    at x')).toBe('fetch failed');
  expect(installerReason('')).toBe('no reason given');
});

test("the installer uses npm's proxy unless the environment names one", () => {
  expect(installerEnvironment({ npm_config_https_proxy: 'a' }, 't')).toMatchObject({
    HTTPS_PROXY: 'a',
    TMPDIR: 't',
  });
  expect(installerEnvironment({ npm_config_https_proxy: 'a', HTTPS_PROXY: 'b' }, 't').HTTPS_PROXY).toBe('b');
  expect(installerEnvironment({}, 't')).not.toHaveProperty('HTTPS_PROXY');
});
