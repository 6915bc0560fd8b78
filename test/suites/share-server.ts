import { afterAll, beforeAll, inject } from 'vitest';
import { type SuiteClient, type SuiteServer, startSuiteServer, suiteClient } from './suite-server.ts';

/**
 * Starts a server before the tests of this file or block and stops it after them.
 * @param headers what the suite sends with every request
 * @param policy assignments for `rollcall policy set`
 */
export function shareServer(
  headers: Readonly<Record<string, string>>,
  ...policy: string[]
): { client: SuiteClient; server(): SuiteServer } {
  let started: SuiteServer | undefined;
  beforeAll(async () => {
    started = await startSuiteServer(inject('organization'), policy);
  }, 60_000);
  afterAll(() => started?.stop());
  const server = (): SuiteServer => {
    if (started === undefined) throw new Error('the server has not been started');
    return started;
  };
  return { client: suiteClient(server, headers), server };
}
