import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGrantServices, type GrantServices } from '../../../../src/main/access/grants-services.ts';
import type { TargetRef } from '../../../../src/main/access/grants-store.ts';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { createGrantsStore } from '../../../../src/main/store/grants.ts';
import { createMappingStore } from '../../../../src/main/store/mappings.ts';
import { createRoleStore } from '../../../../src/main/store/roles.ts';
import { createTeamStore } from '../../../../src/main/store/teams.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';

let planes: Planes;
let services: GrantServices;
let isOwner: boolean;
let defaultRole: string;

beforeEach(async () => {
  planes = await openPlanes();
  isOwner = true;
  defaultRole = 'member';
  const { database, write } = planes;
  const now = () => planes.clock.now();
  services = createGrantServices({
    store: createGrantsStore(database),
    mappingStore: createMappingStore(database),
    roleStore: createRoleStore(database),
    teamStore: createTeamStore(database),
    defaultRole: () => defaultRole,
    audit: createAudit(createAuditInsert(database), 'local:ops', now),
    write,
    now,
    operator: () => 'local:ops',
    isOwner: () => isOwner,
  });
});
afterEach(() => planes.close());

const PAGE = { offset: 0, limit: 100 };
const role = (id: string): TargetRef => ({ kind: 'role', id });
const team = (id: string): TargetRef => ({ kind: 'team', id });

/** Pushes somebody; returns both ids. */
async function person(name: string, more: object = {}): Promise<{ userId: string; memberId: string }> {
  const { directory, registry, context, people } = planes;
  const body = { userName: `${name}@acme.com`, displayName: name, active: true, ...more };
  const { id } = await directory.create(registry.userType, body, context);
  const found = people.members({ ...PAGE, search: name }).items.find(({ userId }) => userId === id);
  return { userId: id, memberId: found?.id ?? '' };
}

/** Pushes a group; returns its id, and those of its team and mapping. */
async function group(displayName: string, users: readonly string[]) {
  const { directory, registry, context, people } = planes;
  const body = { displayName, members: users.map((value) => ({ value })) };
  const { id } = await directory.create(registry.groupType, body, context);
  const made = people.teams({ ...PAGE, search: displayName }).items.find(({ groupId }) => groupId === id);
  const mapping = services.mappings.list({ ...PAGE, target: team(made?.id ?? '') }).items[0];
  return { groupId: id, teamId: made?.id ?? '', mappingId: mapping?.id ?? '' };
}

const patch = (type: 'userType' | 'groupType', id: string, operations: object[]) =>
  planes.directory.patch(
    planes.registry[type],
    id,
    { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations },
    planes.context,
  );
const addMapping = (
  source: { groupId: string } | { roleValue: string },
  target: TargetRef,
  more: object = {},
) => services.mappings.add({ source, target, precedence: 100, needsReview: false, ...more });
const change = (id: string, what: object) =>
  services.mappings.change({ id, version: services.mappings.get(id).version, ...what });
const held = (memberId: string) => {
  const { teams, roles, permissions } = services.grants.effective(memberId);
  return { teams: teams.map(({ name }) => name), roles: roles.map(({ id }) => id), permissions };
};
const explained = (memberId: string, target: TargetRef) =>
  services.grants
    .ofMember(memberId)
    .grants.find((grant) => grant.target.kind === target.kind && grant.target.id === target.id);
const audited = (event: string) =>
  planes.database
    .prepare('SELECT actor, subject, detail FROM audit_event WHERE event = ? ORDER BY seq')
    .all(event)
    .map((row) => row as { actor: string; subject: string; detail: string });

describe('what somebody has', () => {
  test('follows from groups, from values of roles, from grants by hand and from the template', async () => {
    const ann = await person('Ann', { roles: [{ value: 'Ops-Lead' }] });
    const { teamId } = await group('Engineering', [ann.userId]);
    await addMapping({ roleValue: 'ops-LEAD' }, role('viewer'), { precedence: 20 });
    await services.grants.give({ memberIds: [ann.memberId], target: role('admin'), note: 'On call' });
    expect(held(ann.memberId)).toEqual({
      teams: ['Engineering'],
      roles: ['admin', 'viewer', 'member'],
      permissions: ['members.edit', 'members.view', 'organization.edit', 'sign-in'],
    });
    const [first] = planes.people.members(PAGE).items;
    expect(first).toMatchObject({ role: 'admin', teams: [{ id: teamId, name: 'Engineering' }] });
    expect(first?.roles.map(({ id }) => id)).toEqual(['admin', 'viewer', 'member']);
    expect(planes.people.member(ann.memberId)?.permissions).toContain('organization.edit');
  });

  test('counts only while the member is active, and is kept meanwhile', async () => {
    const ann = await person('Ann');
    const { teamId } = await group('Engineering', [ann.userId]);
    await patch('userType', ann.userId, [{ op: 'replace', path: 'active', value: false }]);
    expect(held(ann.memberId)).toEqual({ teams: [], roles: [], permissions: [] });
    expect(services.grants.held(ann.memberId).teams.map(({ id }) => id)).toEqual([teamId]);
    expect(explained(ann.memberId, team(teamId))).toMatchObject({
      effective: false,
      why: "Ann doesn't have the team “Engineering” now. It is kept, but gives nothing while this person is suspended.",
    });
    expect(planes.people.team(teamId)).toMatchObject({
      activeMembers: 0,
      heldMembers: 1,
      assertedMembers: 1,
    });
    await patch('userType', ann.userId, [{ op: 'replace', path: 'active', value: true }]);
    expect(held(ann.memberId).teams).toEqual(['Engineering']);
  });

  test('puts the role with the lowest precedence first, then the name', async () => {
    const ann = await person('Ann');
    const { groupId } = await group('Engineering', [ann.userId]);
    const zebra = await services.roles.create({
      name: 'Zebra',
      description: '',
      permissions: [],
      sensitive: false,
    });
    const apple = await services.roles.create({
      name: 'Apple',
      description: '',
      permissions: [],
      sensitive: false,
    });
    await addMapping({ groupId }, role(zebra.id), { precedence: 50 });
    const { id } = await addMapping({ groupId }, role(apple.id), { precedence: 50 });
    expect(held(ann.memberId).roles).toEqual(['apple', 'zebra', 'member']);
    await change(id, { precedence: 60 });
    expect(held(ann.memberId).roles).toEqual(['zebra', 'apple', 'member']);
  });

  test('lives while any origin holds it, and says every one', async () => {
    const ann = await person('Ann');
    const { groupId, teamId } = await group('Engineering', [ann.userId]);
    const other = await group('Everybody', [ann.userId]);
    await addMapping({ groupId: other.groupId }, team(teamId));
    await services.grants.give({ memberIds: [ann.memberId], target: team(teamId), note: 'Founding member' });
    const grant = explained(ann.memberId, team(teamId));
    expect(grant?.origins.map(({ origin }) => origin).sort()).toEqual(['manual', 'mapping', 'mapping']);
    expect(grant?.why).toContain('by hand from local:ops');
    expect(grant?.why).toContain('by the group “Engineering” at the IdP');
    expect(grant?.why).toContain('by the group “Everybody” at the IdP');
    const levers = grant?.origins.flatMap((origin) => origin.levers.map(({ sentence }) => sentence)) ?? [];
    expect(levers).toContain('Take the person out of the group “Everybody” at the IdP.');
    expect(levers).toContain('Revoke here what local:ops gave by hand.');
    for (const id of [groupId, other.groupId])
      await planes.directory.remove(planes.registry.groupType, id, planes.context);
    expect(held(ann.memberId).teams).toEqual(['Engineering']);
    await services.grants.revoke(ann.memberId, team(teamId));
    expect(held(ann.memberId).teams).toEqual([]);
    expect(planes.people.team(teamId)).toMatchObject({ groupId: null, activeMembers: 0 });
  });

  test('of a group that observe mode holds back is told, but doesn’t count yet', async () => {
    const ann = await person('Ann');
    const { groupId, teamId } = await group('Engineering', []);
    planes.policy.apply = 'observe';
    await patch('groupType', groupId, [{ op: 'add', path: 'members', value: [{ value: ann.userId }] }]);
    expect(held(ann.memberId).teams).toEqual([]);
    expect(explained(ann.memberId, team(teamId))?.origins).toMatchObject([
      { membership: 'joining', effective: false, holds: false },
    ]);
  });

  test('by a sensitive role waits for an approval for each person', async () => {
    const ann = await person('Ann');
    const { groupId } = await group('Engineering', [ann.userId]);
    await addMapping({ groupId }, role('admin'));
    expect(held(ann.memberId).roles).toEqual(['member']);
    expect(explained(ann.memberId, role('admin'))?.origins).toMatchObject([
      { awaitingApproval: true, effective: false },
    ]);
    planes.database
      .prepare("INSERT INTO grant_approval VALUES (?, 'admin', '2026-01-01T00:00:00.000Z', 'local:ops')")
      .run(ann.memberId);
    expect(held(ann.memberId).roles).toEqual(['admin', 'member']);
    expect(services.grants.holders(role('admin'), PAGE).items).toMatchObject([
      { id: ann.memberId, origins: ['mapping'] },
    ]);
  });
});

describe('by hand', () => {
  test('what only the IdP gives is not taken back here, and both levers are named', async () => {
    const ann = await person('Ann');
    const { teamId } = await group('Engineering', [ann.userId]);
    await expect(services.grants.revoke(ann.memberId, team(teamId))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/out of the group “Engineering” at the IdP.*change the mapping here/),
    });
    expect(held(ann.memberId).teams).toEqual(['Engineering']);
  });

  test('a revoke says what still gives the same', async () => {
    const ann = await person('Ann');
    const { teamId } = await group('Engineering', [ann.userId]);
    await services.grants.give({ memberIds: [ann.memberId], target: team(teamId) });
    const { sentence } = await services.grants.revoke(ann.memberId, team(teamId));
    expect(sentence).toBe(
      'Taken back. Ann has the team “Engineering” by the group “Engineering” at the IdP.',
    );
    expect(audited('grant.given')).toMatchObject([{ actor: 'local:ops', subject: ann.memberId }]);
    expect(audited('grant.revoked')).toMatchObject([{ actor: 'local:ops', subject: ann.memberId }]);
  });

  test('giving twice changes nothing; a protected role takes an owner; who left gets nothing', async () => {
    const ann = await person('Ann');
    const bob = await person('Bob');
    expect(await services.grants.give({ memberIds: [ann.memberId], target: role('viewer') })).toEqual({
      given: 1,
      had: 0,
    });
    expect(
      await services.grants.give({ memberIds: [ann.memberId, bob.memberId], target: role('viewer') }),
    ).toEqual({ given: 1, had: 1 });
    isOwner = false;
    await expect(
      services.grants.give({ memberIds: [ann.memberId], target: role('owner') }),
    ).rejects.toMatchObject({
      code: 'not-permitted',
    });
    isOwner = true;
    await services.grants.give({ memberIds: [ann.memberId], target: role('owner') });
    expect(held(ann.memberId).roles).toEqual(['owner', 'viewer', 'member']);
    await planes.directory.remove(planes.registry.userType, bob.userId, planes.context);
    await expect(
      services.grants.give({ memberIds: [bob.memberId], target: role('viewer') }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('another template replaces the one that somebody came with', async () => {
    const ann = await person('Ann');
    expect(await services.grants.setTemplate([ann.memberId], 'viewer')).toEqual({ changed: 1 });
    expect(held(ann.memberId).roles).toEqual(['viewer']);
    await expect(services.grants.setTemplate([ann.memberId], 'owner')).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('mappings', () => {
  test('a pause takes away what it gave, and nothing that something else gives', async () => {
    const [ann, bob] = [await person('Ann'), await person('Bob')];
    const { mappingId, teamId } = await group('Engineering', [ann.userId, bob.userId]);
    await services.grants.give({ memberIds: [bob.memberId], target: team(teamId) });
    const pause = { kind: 'mapping.change', id: mappingId, version: 1, paused: true } as const;
    expect(services.grants.preview(pause, PAGE)).toMatchObject({
      losses: 1,
      gains: 0,
      sentences: ['1 person loses the team “Engineering”.'],
      items: [{ displayName: 'Ann', change: 'loses', effective: true }],
    });
    await change(mappingId, { paused: true });
    expect([held(ann.memberId).teams, held(bob.memberId).teams]).toEqual([[], ['Engineering']]);
    expect(services.grants.holders(team(teamId), PAGE).items).toMatchObject([
      { displayName: 'Bob', origins: ['manual'] },
    ]);
    expect(planes.people.members({ ...PAGE, teamId }).items.map(({ displayName }) => displayName)).toEqual([
      'Bob',
    ]);
    expect(services.grants.preview({ ...pause, version: 2, paused: false }, PAGE)).toMatchObject({
      gains: 1,
      losses: 0,
    });
    await change(mappingId, { paused: false });
    expect(held(ann.memberId).teams).toEqual(['Engineering']);
    expect(audited('mapping.paused')).toHaveLength(1);
    expect(audited('mapping.resumed')).toHaveLength(1);
  });

  test('a preview tells who gains a role, and saving it does exactly that', async () => {
    const [ann, bob, cat] = [await person('Ann'), await person('Bob'), await person('Cat')];
    const { groupId } = await group('Engineering', [ann.userId, bob.userId, cat.userId]);
    await services.grants.give({ memberIds: [bob.memberId], target: role('viewer') });
    await patch('userType', cat.userId, [{ op: 'replace', path: 'active', value: false }]);
    const mapping = { source: { groupId }, target: role('viewer'), precedence: 100, needsReview: false };
    const preview = services.grants.preview({ kind: 'mapping.add', ...mapping }, PAGE);
    expect(preview).toMatchObject({ gains: 1, losses: 0, inert: 1, total: 2 });
    expect(preview.items.map(({ displayName, effective }) => [displayName, effective])).toEqual([
      ['Ann', true],
      ['Cat', false],
    ]);
    expect(
      services.grants.preview({ kind: 'mapping.add', ...mapping }, { ...PAGE, search: 'cat' }),
    ).toMatchObject({
      gains: 1,
      total: 1,
    });
    const { id } = await services.mappings.add(mapping);
    expect(held(ann.memberId).roles).toEqual(['viewer', 'member']);
    expect(services.grants.preview({ kind: 'mapping.remove', id }, PAGE)).toMatchObject({
      losses: 1,
      inert: 1,
    });
    await services.mappings.remove(id, 1);
    expect(held(ann.memberId).roles).toEqual(['member']);
  });

  test('asking for review takes it from everybody whom nobody approved', async () => {
    const ann = await person('Ann');
    const { mappingId } = await group('Engineering', [ann.userId]);
    const review = { kind: 'mapping.change', id: mappingId, version: 1, needsReview: true } as const;
    expect(services.grants.preview(review, PAGE).losses).toBe(1);
    await change(mappingId, { needsReview: true });
    expect(held(ann.memberId).teams).toEqual([]);
  });

  test('never give a protected role, say a sentence, and are refused twice', async () => {
    const { groupId, teamId } = await group('Engineering', []);
    await expect(addMapping({ groupId }, role('owner'))).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'The role Owner is protected: a push can never give it. Give it by hand to whom it is for.',
    });
    await expect(addMapping({ groupId }, team(teamId))).rejects.toMatchObject({ code: 'conflict' });
    await expect(addMapping({ roleValue: 'x' }, team(teamId))).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(addMapping({ groupId: 'nobody' }, team(teamId))).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(addMapping({ groupId }, role('nobody'))).rejects.toMatchObject({ code: 'not-found' });
  });

  test('even one that a protected role got behind our back gives nothing', async () => {
    const ann = await person('Ann');
    const { groupId } = await group('Engineering', [ann.userId]);
    planes.database
      .prepare(
        "INSERT INTO mapping (id, group_id, role_id, precedence, created_at, created_by) VALUES ('x', ?, 'owner', 1, '2026-01-01T00:00:00.000Z', 'x')",
      )
      .run(groupId);
    planes.database
      .prepare("INSERT INTO grant_approval VALUES (?, 'owner', '2026-01-01T00:00:00.000Z', 'x')")
      .run(ann.memberId);
    expect(held(ann.memberId).roles).toEqual(['member']);
    expect(services.grants.holders(role('owner'), PAGE).total).toBe(0);
    expect(explained(ann.memberId, role('owner'))?.effective).toBe(false);
  });

  test('two operators don’t overwrite each other', async () => {
    const { mappingId } = await group('Engineering', []);
    await change(mappingId, { precedence: 5 });
    await expect(
      services.mappings.change({ id: mappingId, version: 1, precedence: 9 }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('in the meantime'),
    });
    expect(services.mappings.get(mappingId).precedence).toBe(5);
  });

  test('into a new team make the team', async () => {
    const ann = await person('Ann');
    const { groupId } = await group('Engineering', [ann.userId]);
    await services.mappings.add({
      source: { groupId },
      target: { kind: 'new-team', name: 'On call' },
      precedence: 100,
      needsReview: false,
    });
    expect(held(ann.memberId).teams).toEqual(['Engineering', 'On call']);
  });
});

describe('role templates', () => {
  const create = (name: string, permissions: string[] = []) =>
    services.roles.create({ name, description: '', permissions, sensitive: false });

  test('say to how many a change applies, and who really gains a permission', async () => {
    const [ann, bob] = [await person('Ann'), await person('Bob')];
    const support = await create('Support', ['sign-in']);
    await services.grants.give({ memberIds: [ann.memberId, bob.memberId], target: role(support.id) });
    await services.grants.give({ memberIds: [bob.memberId], target: role('viewer') });
    const permissions = ['sign-in', 'members.view'];
    const preview = services.grants.preview({ kind: 'role.change', id: support.id, permissions }, PAGE);
    expect(preview.sentences[0]).toBe('This is applied to 2 people who hold the role “Support” now.');
    expect(preview.permissions).toEqual([{ permission: 'members.view', change: 'gains', people: 1 }]);
    expect(preview.items.map(({ displayName }) => displayName)).toEqual(['Ann', 'Bob']);
    const changed = await services.roles.change({ id: support.id, version: 1, permissions });
    expect(changed).toMatchObject({
      version: 2,
      permissions: ['members.view', 'sign-in'],
      holders: { held: 2, active: 2 },
    });
    expect(held(ann.memberId).permissions).toEqual(['members.view', 'sign-in']);
    expect(audited('role.changed')).toMatchObject([{ subject: support.id }]);
  });

  test('becoming sensitive takes what a push gives until it is approved', async () => {
    const ann = await person('Ann');
    const { groupId } = await group('Engineering', [ann.userId]);
    const support = await create('Support');
    await addMapping({ groupId }, role(support.id));
    expect(
      services.grants.preview({ kind: 'role.change', id: support.id, sensitive: true }, PAGE).losses,
    ).toBe(1);
    await services.roles.change({ id: support.id, version: 1, sensitive: true });
    expect(held(ann.memberId).roles).toEqual(['member']);
  });

  test('in use are not deleted, with the number; nor the default, nor protected ones', async () => {
    const ann = await person('Ann');
    const support = await create('Support');
    await services.grants.give({ memberIds: [ann.memberId], target: role(support.id) });
    await expect(services.roles.remove(support.id, 1)).rejects.toMatchObject({
      code: 'conflict',
      message:
        'The role Support is in use: 1 person holds it, and 0 mappings give it. Take it from them first.',
    });
    await expect(services.roles.remove('owner', 1)).rejects.toMatchObject({ code: 'conflict' });
    await expect(services.roles.change({ id: 'owner', version: 1, name: 'X' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const spare = await create('Spare');
    defaultRole = spare.id;
    await expect(services.roles.remove(spare.id, 1)).rejects.toMatchObject({ code: 'conflict' });
    await services.grants.revoke(ann.memberId, role(support.id));
    await services.roles.remove(support.id, 1);
    expect(services.roles.list().map(({ id }) => id)).not.toContain(support.id);
    expect(audited('role.removed')).toMatchObject([{ actor: 'local:ops', subject: 'support' }]);
  });

  test('keep names apart and the owner’s permission to the owner; a stale change is refused', async () => {
    const support = await create('Support');
    await expect(create('SUPPORT')).rejects.toMatchObject({ code: 'conflict' });
    await expect(create('Boss', ['organization.own'])).rejects.toMatchObject({ code: 'invalid-input' });
    await services.roles.change({ id: support.id, version: 1, description: 'Answers mail.' });
    await expect(services.roles.change({ id: support.id, version: 1, name: 'Help' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('are made empty for a policy that names one that there is not', async () => {
    expect(await planes.write(() => services.roles.ensure('contractor'))).toBe(true);
    expect(await planes.write(() => services.roles.ensure('contractor'))).toBe(false);
    expect(services.roles.get('contractor')).toMatchObject({
      name: 'contractor',
      permissions: [],
      sensitive: false,
    });
    expect(audited('role.created')).toHaveLength(1);
  });
});

describe('teams', () => {
  test('made by hand are filled by hand, renamed and deleted', async () => {
    const ann = await person('Ann');
    const { id } = await services.teams.create('Climbing');
    await expect(services.teams.create('climbing')).rejects.toMatchObject({ code: 'conflict' });
    await services.grants.give({ memberIds: [ann.memberId], target: team(id) });
    expect(held(ann.memberId).teams).toEqual(['Climbing']);
    const { updatedAt } = planes.people.team(id) ?? { updatedAt: '' };
    planes.clock.now = () => new Date(Date.parse(updatedAt) + 1000);
    await services.teams.rename(id, 'Bouldering', updatedAt);
    await expect(services.teams.rename(id, 'Hiking', updatedAt)).rejects.toMatchObject({ code: 'conflict' });
    expect(services.grants.preview({ kind: 'team.remove', id }, PAGE)).toMatchObject({ losses: 1 });
    const done = await services.teams.remove(id, planes.people.team(id)?.updatedAt ?? '');
    expect(done.sentence).toBe('The team Bouldering is gone; 1 person was in it.');
    expect(held(ann.memberId).teams).toEqual([]);
  });

  test('that another group fills, too, outlive their own group', async () => {
    const ann = await person('Ann');
    const { groupId, teamId } = await group('Engineering', []);
    const other = await group('Everybody', [ann.userId]);
    await addMapping({ groupId: other.groupId }, team(teamId));
    await planes.directory.remove(planes.registry.groupType, groupId, planes.context);
    expect(held(ann.memberId).teams).toEqual(['Engineering', 'Everybody']);
    expect(planes.people.team(teamId)).toMatchObject({ groupId: null, activeMembers: 1 });
    await planes.directory.remove(planes.registry.groupType, other.groupId, planes.context);
    expect(held(ann.memberId).teams).toEqual([]);
    expect(planes.people.team(other.teamId)).toBeUndefined();
  });

  test('of a group belong to the group', async () => {
    const { teamId } = await group('Engineering', []);
    const { updatedAt } = planes.people.team(teamId) ?? { updatedAt: '' };
    await expect(services.teams.rename(teamId, 'X', updatedAt)).rejects.toMatchObject({ code: 'conflict' });
    await expect(services.teams.remove(teamId, updatedAt)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('everything that anybody holds', () => {
  test('comes member by member, each grant once', async () => {
    const [ann, bob] = [await person('Ann'), await person('Bob')];
    const { teamId } = await group('Engineering', [ann.userId, bob.userId]);
    await services.grants.give({ memberIds: [ann.memberId], target: team(teamId) });
    const first = services.grants.everyGrant(0, 1);
    expect(first.grants.map(({ target, origins }) => [target.id, origins])).toEqual([
      [teamId, ['mapping', 'manual']],
      ['member', ['template']],
    ]);
    const second = services.grants.everyGrant(first.after ?? 0, 1);
    expect(second.grants.map(({ memberId }) => memberId)).toEqual([bob.memberId, bob.memberId]);
    expect(services.grants.everyGrant(second.after ?? 0, 1)).toEqual({ grants: [], after: null });
  });
});
