import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { createPolicyService, type PolicyService } from '../../../../src/main/policy/policy.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { type Database, openDatabase } from '../../../../src/main/store/database.ts';
import { createWriter } from '../../../../src/main/store/group-commit.ts';
import { identityMigrations } from '../../../../src/main/store/migrations/identity/index.ts';
import { createSettingStore } from '../../../../src/main/store/settings.ts';
import { DEFAULT_POLICY } from '../../../../src/shared/contract/policy.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let policy: PolicyService;
beforeEach(async () => {
  databases = await openDatabases();
  policy = serviceOn(databases.identity);
});
afterEach(() => databases.close());

function serviceOn(database: Database): PolicyService {
  return createPolicyService({
    settings: createSettingStore(database),
    audit: createAudit(createAuditInsert(database), 'local:ann', () => new Date()),
    write: createWriter(database).write,
  });
}
const audited = () =>
  databases.identity
    .prepare("SELECT subject, detail FROM audit_event WHERE event LIKE 'policy.%' ORDER BY seq")
    .all() as { subject: string | null; detail: string }[];

describe('the policy', () => {
  test('is the default before anything was decided', () => {
    expect(policy.get()).toEqual(DEFAULT_POLICY);
  });

  test('keeps what was changed and audits exactly that', async () => {
    const changed = await policy.set({ activation: 'review', paused: false, 'role.default': 'viewer' });
    expect(changed).toEqual({ ...DEFAULT_POLICY, activation: 'review', 'role.default': 'viewer' });
    expect(policy.get()).toEqual(changed);
    expect(audited()).toEqual([
      { subject: 'activation', detail: '{"from":"auto","to":"review"}' },
      { subject: 'role.default', detail: '{"from":"member","to":"viewer"}' },
    ]);
  });

  test('holds in every process at once', async () => {
    const other = openDatabase(join(databases.folder, 'identity.db'), {
      migrations: identityMigrations,
      durability: 'full',
    });
    await serviceOn(other).set({ paused: true });
    other.close();
    expect(policy.get().paused).toBe(true);
  });

  test('leaves out what another release wrote and this one does not know', () => {
    const settings = createSettingStore(databases.identity);
    settings.set('policy.activation', 'by-committee');
    settings.set('policy.paused', true);
    settings.set('policy.future', 1);
    expect(policy.get()).toEqual({ ...DEFAULT_POLICY, paused: true });
  });

  test('is confirmed once, even if nothing was changed', async () => {
    expect(policy.confirmed()).toBe(false);
    await policy.confirm();
    await policy.confirm();
    expect(policy.confirmed()).toBe(true);
    expect(audited()).toEqual([{ subject: null, detail: '{}' }]);
  });
});

describe('the rules that operators switch', () => {
  test('are kept on two lists, in their order, each once', async () => {
    const changed = await policy.set({ 'rules.off': ['alias', 'string-boolean', 'alias'] });
    expect(changed['rules.off']).toEqual(['string-boolean', 'alias']);
    expect(audited()).toEqual([
      { subject: 'rules.off', detail: '{"from":[],"to":["string-boolean","alias"]}' },
    ]);
  });

  test('leave one list when they are put on the other', async () => {
    await policy.set({ 'rules.off': ['alias', 'string-boolean'] });
    expect(await policy.set({ 'rules.on': ['alias'] })).toMatchObject({
      'rules.on': ['alias'],
      'rules.off': ['string-boolean'],
    });
    expect(await policy.set({ 'rules.off': ['alias'] })).toMatchObject({
      'rules.on': [],
      'rules.off': ['alias'],
    });
  });

  test('are not put on both at once', async () => {
    const both = { 'rules.on': ['alias'], 'rules.off': ['alias'] } as const;
    await expect(
      policy.set({ 'rules.on': [...both['rules.on']], 'rules.off': [...both['rules.off']] }),
    ).rejects.toThrow("The rule alias can't be in rules.on and in rules.off.");
    expect(policy.get()).toEqual(DEFAULT_POLICY);
  });

  test('are audited only when something changed', async () => {
    await policy.set({ 'rules.off': ['alias'] });
    await policy.set({ 'rules.off': ['alias'] });
    await policy.switchRule('alias', false);
    expect(audited()).toHaveLength(1);
  });

  test('are switched one by one, and given back to the profile', async () => {
    await policy.set({ 'rules.off': ['string-boolean'] });
    expect(await policy.switchRule('bare-token', true)).toMatchObject({
      'rules.on': ['bare-token'],
      'rules.off': ['string-boolean'],
    });
    expect(await policy.switchRule('bare-token', false)).toMatchObject({
      'rules.on': [],
      'rules.off': ['string-boolean', 'bare-token'],
    });
    expect(await policy.switchRule('bare-token', null)).toMatchObject({
      'rules.on': [],
      'rules.off': ['string-boolean'],
    });
  });

  test('that would do harm are not switched off', async () => {
    await expect(policy.switchRule('secret-dropped', false)).rejects.toThrow(
      "The rule secret-dropped can't be switched off.",
    );
    expect(policy.get()).toEqual(DEFAULT_POLICY);
  });

  test('stay off when another release put its own beside them', () => {
    createSettingStore(databases.identity).set('policy.rules.off', ['alias', 'rule-of-the-future']);
    expect(policy.get()['rules.off']).toEqual(['alias']);
  });
});
