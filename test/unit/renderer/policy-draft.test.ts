import { describe, expect, test } from 'vitest';
import { draftOf, readDraft } from '../../../src/renderer/src/features/policy/policy-draft.ts';
import { DEFAULT_POLICY } from '../../../src/shared/contract/policy.ts';

describe('the policy form', () => {
  const draft = draftOf(DEFAULT_POLICY);

  test('untouched, it changes nothing', () => {
    expect(readDraft(DEFAULT_POLICY, draft)).toEqual({ changes: {}, errors: {} });
  });

  test('holds only what differs, as the server takes it', () => {
    const { changes, errors } = readDraft(DEFAULT_POLICY, {
      ...draft,
      apply: 'observe',
      'review.domains': 'Example.com, example.org',
      'guard.percent': 35,
    });
    expect(errors).toEqual({});
    expect(changes).toEqual({
      apply: 'observe',
      'review.domains': ['example.com', 'example.org'],
      'guard.percent': 35,
    });
  });

  test.each([
    ['guard.percent', 0, 'Enter a whole number from 1 to 100.'],
    ['guard.percent', '', 'Enter a whole number from 1 to 100.'],
    ['retention.days', 1.5, 'Enter a whole number from 1 to 36500.'],
    ['role.default', 'Owner', 'A push can never create an owner. Choose another role.'],
    ['review.domains', 'nonsense', 'A domain looks like example.com.'],
  ])('%s can not be %j', (key, value, sentence) => {
    const { changes, errors } = readDraft(DEFAULT_POLICY, { ...draft, [key]: value });
    expect(changes).toEqual({});
    expect(errors).toEqual({ [key]: sentence });
  });
});
