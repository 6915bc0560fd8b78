import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { createPolicyService, type PolicyService } from '../../../../src/main/policy/policy.ts';
import { createProfiles, type Profiles } from '../../../../src/main/profiles/profiles.ts';
import { createActivityStore } from '../../../../src/main/store/activity-log.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { createWriter } from '../../../../src/main/store/group-commit.ts';
import { createSettingStore } from '../../../../src/main/store/settings.ts';
import { type Profile, profileName, ruleName } from '../../../../src/shared/contract/profiles.ts';
import type { Token } from '../../../../src/shared/contract/tokens.ts';
import { activityEntry } from '../../../support/activity-entry.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

let databases: OpenDatabases;
let policy: PolicyService;
let profiles: Profiles;
let tokens: Pick<Token, 'name' | 'profile'>[];
beforeEach(async () => {
  databases = await openDatabases();
  policy = createPolicyService({
    settings: createSettingStore(databases.identity),
    audit: createAudit(createAuditInsert(databases.identity), 'local:ann', () => new Date()),
    write: createWriter(databases.identity).write,
  });
  tokens = [];
  profiles = createProfiles({
    policy,
    liveTokens: () => tokens as Token[],
    ruleUses: createActivityStore(databases.activity).ruleUses,
  });
});
afterEach(() => databases.close());

const ruleOf = (profile: Profile, name: string) => profile.rules.find((rule) => rule.name === name);

describe('profiles as operators see them', () => {
  test('are all listed, each with every rule', () => {
    const all = profiles.all();
    expect(all.map(({ name }) => name)).toEqual(profileName.options);
    for (const { rules } of all) expect(rules.map(({ name }) => name)).toEqual(ruleName.options);
    expect(all.filter(({ inUse }) => inUse).map(({ name }) => name)).toEqual(['lenient']);
  });

  test('without a name it is the organization’s', async () => {
    await policy.set({ profile: 'okta' });
    expect(profiles.get()).toMatchObject({ name: 'okta', inUse: true });
    expect(profiles.get('lenient')).toMatchObject({ name: 'lenient', inUse: false });
  });

  test('say which tokens have them in place of the organization’s', () => {
    tokens = [
      { name: 'Production', profile: 'okta' },
      { name: 'Everybody else', profile: null },
    ];
    expect(profiles.get('okta').tokens).toEqual(['Production']);
    expect(profiles.get('lenient').tokens).toEqual([]);
  });

  test('a switched rule differs from what the profile says, in every profile', async () => {
    const switched = await profiles.switchRule('string-boolean', false);
    expect(ruleOf(switched, 'string-boolean')).toMatchObject({ on: false, onByProfile: true });
    expect(ruleOf(profiles.get('entra'), 'string-boolean')).toMatchObject({ on: false, onByProfile: true });
    expect(ruleOf(profiles.get('rfc'), 'string-boolean')).toMatchObject({ on: false, onByProfile: false });
    expect(ruleOf(await profiles.switchRule('string-boolean', null), 'string-boolean')).toMatchObject({
      on: true,
    });
  });

  test('a fixed rule says why', () => {
    expect(ruleOf(profiles.get('rfc'), 'secret-dropped')).toMatchObject({
      on: true,
      onByProfile: true,
      fixed: expect.stringContaining('never keeps a password'),
    });
    expect(ruleOf(profiles.get('rfc'), 'alias')).toMatchObject({ fixed: null });
  });

  test('count what was needed, over all IdPs and by each', () => {
    const store = createActivityStore(databases.activity);
    store.append([
      activityEntry({ idp: 'Entra ID', rules: ['string-boolean'], time: '2026-01-02T00:00:00.000Z' }),
      activityEntry({ idp: 'Entra ID', rules: ['string-boolean'], time: '2026-01-01T00:00:00.000Z' }),
      activityEntry({ idp: null, rules: ['string-boolean'], time: '2026-01-03T00:00:00.000Z' }),
    ]);
    expect(ruleOf(profiles.get(), 'string-boolean')).toMatchObject({
      fired: 3,
      lastFiredAt: '2026-01-03T00:00:00.000Z',
      firedBy: [
        { idp: 'Entra ID', fired: 2, lastFiredAt: '2026-01-02T00:00:00.000Z' },
        { idp: null, fired: 1, lastFiredAt: '2026-01-03T00:00:00.000Z' },
      ],
    });
    expect(ruleOf(profiles.get(), 'alias')).toMatchObject({ fired: 0, lastFiredAt: null, firedBy: [] });
  });
});
