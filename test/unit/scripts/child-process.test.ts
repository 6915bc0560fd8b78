import { expect, test } from 'vitest';
import { capture, exitCode } from '../../../scripts/child-process.ts';

test('a signal becomes the exit code a shell reports', () => {
  expect(exitCode(7, null)).toBe(7);
  expect(exitCode(0, null)).toBe(0);
  expect(exitCode(null, 'SIGTERM')).toBe(143);
  expect(exitCode(null, null)).toBe(1);
});

test('a command gives its own exit code and both outputs', async () => {
  const program = 'process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 5';
  expect(await capture(process.execPath, ['-e', program])).toEqual({ code: 5, stdout: 'out', stderr: 'err' });
});
