import { expect, test } from 'vitest';
import { deepLinkPath } from '../../../../src/main/app/deep-link.ts';

test.each([
  ['rollcall://settings/enterprise/identity-setup', '/settings/enterprise/identity-setup'],
  ['rollcall://settings/enterprise/identity-setup/', '/settings/enterprise/identity-setup'],
  ['rollcall:///members', '/members'],
  ['rollcall://members', '/members'],
  ['ROLLCALL://members', '/members'],
  ['rollcall://', '/'],
  ['rollcall:members', '/members'],
  ['rollcall://members//x', '/members/x'],
  ['rollcall://members?x=1', '/members'],
  ['rollcall://members#x', '/members'],
  ['rollcall://settings/../members', '/settings/members'],
  ['rollcall://members/%2e%2e/x', '/members/x'],
  ['rollcall://members/%61', undefined],
  ['rollcall://members/a b', undefined],
  ['rollcall://members/<script>', undefined],
  ['rollcall://evil.example/members', undefined],
  ['rollcall://user@host/members', '/host/members'],
  ['https://rollcall/members', undefined],
  ['--data', undefined],
  ['', undefined],
])('%s means the page %s', (link, path) => {
  expect(deepLinkPath([link])).toBe(path);
});

test('the first link among the arguments counts', () => {
  expect(
    deepLinkPath(['electron', '--data', '/x', 'rollcall://members/%61', 'rollcall://teams', 'rollcall://x']),
  ).toBe('/teams');
  expect(deepLinkPath([])).toBeUndefined();
});
