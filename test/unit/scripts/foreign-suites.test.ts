import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isNewEnough, isTampered } from '../../../scripts/suites/python-environment.ts';
import {
  judgeSuite,
  type KnownSuite,
  readScim2Tester,
  readScimSanity,
  type SuiteException,
} from '../../../scripts/suites/suite-results.ts';

describe('what the suites print', () => {
  test('scim2-tester: a status and a name, the attribute from the reason, several lines of it', () => {
    const stdout = `Performing a SCIM compliance check on http://127.0.0.1:1/ ...
SUCCESS service_provider_config_endpoint
SUCCESS check_add_attribute
  Successfully added attribute 'nickName'
ERROR check_replace_attribute
  Attribute 'title' was not replaced
Patched value: ERROR in capitals
Returned value: None
SKIPPED check_remove_attribute
  PATCH operations not supported by server
DEVIATION random_url
`;
    expect(readScim2Tester(stdout)).toEqual([
      { check: 'service_provider_config_endpoint', outcome: 'passed', detail: '' },
      {
        check: 'check_add_attribute nickName',
        outcome: 'passed',
        detail: "Successfully added attribute 'nickName'",
      },
      {
        check: 'check_replace_attribute title',
        outcome: 'failed',
        detail: "Attribute 'title' was not replaced Patched value: ERROR in capitals Returned value: None",
      },
      {
        check: 'check_remove_attribute',
        outcome: 'skipped',
        detail: 'PATCH operations not supported by server',
      },
      { check: 'random_url', outcome: 'failed', detail: '' },
    ]);
  });

  test('scim-sanity: a warning and an error are failures', () => {
    const results = ['pass', 'fail', 'warn', 'error', 'skip'].map((status) => ({ name: status, status }));
    expect(readScimSanity(JSON.stringify({ results })).map(({ outcome }) => outcome)).toEqual([
      'passed',
      'failed',
      'failed',
      'failed',
      'skipped',
    ]);
  });
});

describe('the judgement', () => {
  const passed = { check: 'GET', outcome: 'passed', detail: '' } as const;
  const failed = { check: 'PATCH', outcome: 'failed', detail: 'Expected 200, got 204' } as const;
  const exception: SuiteException = {
    check: 'PATCH',
    outcome: 'failed',
    detail: 'got 204',
    profiles: ['entra'],
    reason: 'permitted',
  };
  const known = (...exceptions: SuiteException[]): KnownSuite => ({ checks: 2, exceptions });

  test('a failure that is not on the list fails, also one that is skipped', () => {
    const skipped = { check: 'Agents', outcome: 'skipped', detail: 'not supported' } as const;
    const { counts, objections } = judgeSuite([passed, failed, skipped], known(), 'lenient');
    expect(counts).toEqual({ passed: 1, failed: 2, skipped: 0 });
    expect(objections).toEqual(['PATCH failed: Expected 200, got 204', 'Agents skipped: not supported']);
  });

  test('one that is on the list is excepted, for its profile only', () => {
    expect(judgeSuite([passed, failed], known(exception), 'entra')).toEqual({
      counts: { passed: 1, failed: 0, skipped: 1 },
      objections: [],
    });
    expect(judgeSuite([passed, failed], known(exception), 'lenient').counts.failed).toBe(1);
  });

  test('one that fails for another reason than the listed one fails', () => {
    const crashed = { ...failed, detail: 'Expected 200, got 500' };
    expect(judgeSuite([passed, crashed], known(exception), 'entra').objections).toContain(
      'PATCH failed: Expected 200, got 500',
    );
  });

  test('an exception that no longer occurs has to leave the list', () => {
    const fixed = { ...failed, outcome: 'passed' } as const;
    const { counts, objections } = judgeSuite([passed, fixed], known(exception), 'entra');
    expect(counts.failed).toBe(1);
    expect(objections).toEqual(['PATCH is no longer failed: take it off the list']);
  });

  test('a suite that stopped early fails', () => {
    expect(judgeSuite([passed], known(), 'rfc').objections).toEqual(['only 1 results; there are 2']);
  });
});

test('Python 3.11 is the oldest that will do', () => {
  const versions = ['2.7.18', '3.9.18', '3.10.13', '3.11.0', '3.14.2', '4.0.0', ''];
  expect(versions.filter(isNewEnough)).toEqual(['3.11.0', '3.14.2', '4.0.0']);
});

test('a refused hash is told from an index that can’t be reached', () => {
  expect(isTampered('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.')).toBe(true);
  expect(isTampered('ERROR: No matching distribution found for click==8.5.1')).toBe(false);
});

test('each excepted check is explained in docs/conformance.md', () => {
  const page = readFileSync('docs/conformance.md', 'utf8');
  const files = ['scim2-tester', 'scim-sanity'].map(
    (name) => JSON.parse(readFileSync(`test/suites/exceptions/${name}.json`, 'utf8')) as KnownSuite,
  );
  const checks = files.flatMap(({ exceptions }) => exceptions.map(({ check }) => check));
  expect(checks.length).toBeGreaterThan(0);
  expect(checks.filter((check) => !page.includes(check))).toEqual([]);
});
