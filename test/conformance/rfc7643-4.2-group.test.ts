import { describe, expect, test } from 'vitest';
import { expectError, GROUP, listed, shareEndpoint } from './endpoint.ts';

/** RFC 7643 section 4.2: the Group resource. */
const scim = shareEndpoint();

/** The values of a group's members, sorted: the order of a multi-valued attribute means nothing. */
const valuesOf = (group: { members: { value: string }[] }) => group.members.map(({ value }) => value).sort();

describe('displayName', () => {
  test('"REQUIRED" (errata 5368): POST and PUT without it are 400 invalidValue', async () => {
    const { id } = await scim.group();
    for (const body of [{}, { displayName: '' }, { displayName: null }, { members: [] }]) {
      expectError(await scim.post('/Groups', { schemas: [GROUP], ...body }), 400, 'invalidValue');
      expectError(await scim.put(`/Groups/${id}`, { schemas: [GROUP], ...body }), 400, 'invalidValue');
    }
    expectError(
      await scim.patch(`/Groups/${id}`, [{ op: 'remove', path: 'displayName' }]),
      400,
      'mutability',
    );
  });

  test('taken, in any case, is 409 uniqueness on POST, PUT and PATCH', async () => {
    const taken = await scim.group({ displayName: scim.unique('Grüne') });
    const other = await scim.group();
    const displayName = taken.displayName.toUpperCase();
    expectError(await scim.post('/Groups', { displayName }), 409, 'uniqueness');
    expectError(await scim.put(`/Groups/${other.id}`, { displayName }), 409, 'uniqueness');
    expectError(
      await scim.patch(`/Groups/${other.id}`, [{ op: 'replace', path: 'displayName', value: displayName }]),
      409,
      'uniqueness',
    );
    expect((await scim.put(`/Groups/${taken.id}`, { displayName })).body.displayName).toBe(displayName);
  });

  test('is free again once the group is deleted', async () => {
    const { id, displayName } = await scim.group();
    await scim.delete(`/Groups/${id}`);
    expect((await scim.post('/Groups', { displayName })).status).toBe(201);
  });
});

describe('members', () => {
  test('are a list of references: value, $ref, type, and display as sent', async () => {
    const user = await scim.user();
    const { members } = await scim.group({ members: [{ value: user.id, display: 'Ann' }] });
    expect(members).toEqual([
      { value: user.id, $ref: `${scim.running.base}/Users/${user.id}`, type: 'User', display: 'Ann' },
    ]);
  });

  test('are [] in every answer of a group without any', async () => {
    const group = await scim.group();
    expect(group.members).toEqual([]);
    expect((await scim.get(`/Groups/${group.id}`)).body.members).toEqual([]);
    const put = await scim.put(`/Groups/${group.id}`, { displayName: group.displayName, members: [] });
    expect(put.body.members).toEqual([]);
  });

  test('may be groups: nested, with type and $ref of a group, found whatever the client says', async () => {
    const inner = await scim.group();
    const outer = await scim.group({ members: [{ value: inner.id, type: 'User' }] });
    expect(outer.members).toEqual([
      { value: inner.id, $ref: `${scim.running.base}/Groups/${inner.id}`, type: 'Group' },
    ]);
  });

  test('groups may hold each other, and themselves, without harm', async () => {
    const a = await scim.group();
    const b = await scim.group({ members: [{ value: a.id }] });
    const answer = await scim.patch(`/Groups/${a.id}`, [
      { op: 'add', path: 'members', value: [{ value: b.id }, { value: a.id }] },
    ]);
    expect(answer.status).toBe(200);
    expect(valuesOf(answer.body)).toEqual([a.id, b.id].sort());
    expect((await scim.get('/Groups')).status).toBe(200);
    expect((await scim.delete(`/Groups/${a.id}`)).status).toBe(204);
  });

  test('need not exist: IdPs send groups before users, and test suites made-up ids', async () => {
    const { members } = await scim.group({ members: [{ value: 'fake-member-id', type: 'Group' }] });
    expect(members).toMatchObject([{ value: 'fake-member-id', type: 'Group' }]);
  });

  test('the same member twice is one member, in POST, PUT and PATCH', async () => {
    const twice = [{ value: 'm1' }, { value: 'm1', display: 'again' }];
    const group = await scim.group({ members: twice });
    expect(group.members).toHaveLength(1);
    const put = await scim.put(`/Groups/${group.id}`, { displayName: group.displayName, members: twice });
    expect(put.body.members).toHaveLength(1);
    const patched = await scim.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: twice }]);
    expect(patched.body.members).toHaveLength(1);
    expect(patched.body.meta.version).toBe(put.body.meta.version);
  });

  test('ids are case-exact: another case is another member', async () => {
    expect(valuesOf(await scim.group({ members: [{ value: 'abc' }, { value: 'ABC' }] }))).toEqual([
      'ABC',
      'abc',
    ]);
  });

  test('are replaced, all of them, by PUT', async () => {
    const group = await scim.group({ members: ['c', 'a', 'b'].map((value) => ({ value })) });
    expect(valuesOf(group)).toEqual(['a', 'b', 'c']);
    const put = await scim.put(`/Groups/${group.id}`, {
      displayName: group.displayName,
      members: [{ value: 'd' }, { value: 'a' }],
    });
    expect(valuesOf(put.body)).toEqual(['a', 'd']);
    const without = await scim.put(`/Groups/${group.id}`, { displayName: group.displayName });
    expect(valuesOf(without.body)).toEqual([]);
  });

  test('without value are refused: invalidValue', async () => {
    expectError(
      await scim.post('/Groups', { displayName: scim.unique('g'), members: [{ display: 'x' }] }),
      400,
      'invalidValue',
    );
  });

  test('are taken from $ref when there is no value, absolute or relative', async () => {
    const { members } = await scim.group({
      members: [{ $ref: 'https://elsewhere.example/scim/v2/Users/u-1' }, { $ref: 'Groups/g-1' }],
    });
    expect(members).toHaveLength(2);
    expect(members).toEqual(
      expect.arrayContaining([
        { value: 'u-1', $ref: `${scim.running.base}/Users/u-1`, type: 'User' },
        { value: 'g-1', $ref: `${scim.running.base}/Groups/g-1`, type: 'Group' },
      ]),
    );
  });

  test('value, $ref and type are immutable: they can be added and removed, not changed', async () => {
    const group = await scim.group({ members: [{ value: 'm1' }] });
    for (const [sub, value] of [
      ['value', 'm2'],
      ['type', 'Group'],
    ]) {
      const answer = await scim.patch(`/Groups/${group.id}`, [
        { op: 'replace', path: `members[value eq "m1"].${sub}`, value },
      ]);
      if (sub === 'value') expectError(answer, 400, 'mutability');
      expect((await scim.get(`/Groups/${group.id}`)).body.members[0].value).toBe('m1');
    }
    expectError(
      await scim.patch(`/Groups/${group.id}`, [{ op: 'remove', path: 'members[value eq "m1"].value' }]),
      400,
      'mutability',
    );
    const display = await scim.patch(`/Groups/${group.id}`, [
      { op: 'replace', path: 'members[value eq "m1"].display', value: 'One' },
    ]);
    expect(display.body.members).toMatchObject([{ value: 'm1', display: 'One' }]);
  });

  test('with an id of any characters are found, and their $ref is a URI', async () => {
    const value = scim.unique('a b/c?d#e%"é');
    const group = await scim.group({ members: [{ value }] });
    expect(group.members[0]).toMatchObject({
      value,
      $ref: `${scim.running.base}/Users/${encodeURIComponent(value)}`,
    });
    const filter = `members.value eq ${JSON.stringify(value)}`;
    expect(listed(await scim.list('/Groups', { filter }), 'id')).toEqual([group.id]);
    const path = `members[value eq ${JSON.stringify(value)}]`;
    const answer = await scim.patch(`/Groups/${group.id}`, [{ op: 'remove', path }]);
    expect(answer.body.members).toEqual([]);
  });

  test('are searched as they are shown: $ref and type, which nobody may have sent', async () => {
    const user = await scim.user();
    const group = await scim.group({ members: [{ value: user.id }, { value: 'other' }] });
    const answer = await scim.patch(`/Groups/${group.id}`, [
      { op: 'remove', path: `members[$ref eq "${user.meta.location}"]` },
    ]);
    expect(valuesOf(answer.body)).toEqual(['other']);
    const elsewhere = await scim.patch(`/Groups/${group.id}`, [
      { op: 'remove', path: 'members[$ref eq "https://example.com/other"]' },
      { op: 'remove', path: 'members[not ($ref pr)]' },
    ]);
    expect(valuesOf(elsewhere.body)).toEqual(['other']);
    const all = await scim.patch(`/Groups/${group.id}`, [
      { op: 'remove', path: 'members[$ref pr and type eq "User"]' },
    ]);
    expect(valuesOf(all.body)).toEqual([]);
  });

  test('the members of a deleted user are gone from the group, whose version has moved', async () => {
    const user = await scim.user();
    const stays = await scim.user();
    const group = await scim.group({ members: [{ value: user.id }, { value: stays.id }] });
    await scim.delete(`/Users/${user.id}`);
    const read = (await scim.get(`/Groups/${group.id}`)).body;
    expect(read.members.map(({ value }: { value: string }) => value)).toEqual([stays.id]);
    expect(read.meta.version).not.toBe(group.meta.version);
  });

  test('can be filtered by: value, display, type, $ref, and the bare attribute', async () => {
    const user = await scim.user();
    const group = await scim.group({ members: [{ value: user.id, display: 'Filter me' }] });
    for (const condition of [
      `members.value eq "${user.id}"`,
      `members eq "${user.id}"`,
      `members[value eq "${user.id}"]`,
      `members[value eq "${user.id}" and type eq "User"]`,
      `members.$ref ew "/Users/${user.id}" and members.type eq "user"`,
      `members.display eq "filter me" and members.value eq "${user.id}"`,
      `members pr and id eq "${group.id}"`,
    ]) {
      expect(listed(await scim.list('/Groups', { filter: condition }), 'id'), condition).toEqual([group.id]);
    }
    const none = await scim.list('/Groups', { filter: `members[value eq "${user.id}" and type eq "Group"]` });
    expect(listed(none)).toEqual([]);
  });

  test('a thousand of them come back, not a page of them', async () => {
    const members = Array.from({ length: 1000 }, (_, index) => ({ value: `many-${index}` }));
    const group = await scim.group({ members });
    expect(group.members).toHaveLength(1000);
    // What it answers to a change of a big group may be no content (RFC 7644 section 3.5.2).
    const added = await scim.patch(`/Groups/${group.id}`, [
      { op: 'add', path: 'members', value: [{ value: 'more' }] },
    ]);
    expect([200, 204]).toContain(added.status);
    expect(added.headers.get('etag')).toBe((await scim.get(`/Groups/${group.id}`)).body.meta.version);
    const asked = await scim.patch(`/Groups/${group.id}?attributes=displayName`, [
      { op: 'add', path: 'externalId', value: 'x' },
    ]);
    expect([asked.status, asked.body.displayName]).toEqual([200, group.displayName]);
    expect((await scim.get(`/Groups/${group.id}`)).body.members).toHaveLength(1001);
  });
});

test('the group of section 8.4 makes the round trip', async () => {
  const [babs, mandy] = [await scim.user(), await scim.user()];
  const displayName = scim.unique('Tour Guides');
  const { id, meta, members } = await scim.group({
    displayName,
    members: [
      { value: babs.id, $ref: `../Users/${babs.id}`, display: 'Babs Jensen' },
      { value: mandy.id, $ref: `../Users/${mandy.id}`, display: 'Mandy Pepperidge' },
    ],
  });
  expect((await scim.get(`/Groups/${id}`)).body).toEqual({
    schemas: [GROUP],
    id,
    displayName,
    members,
    meta,
  });
  expect(members).toHaveLength(2);
  expect(members).toEqual(
    expect.arrayContaining([
      { value: babs.id, $ref: babs.meta.location, type: 'User', display: 'Babs Jensen' },
      { value: mandy.id, $ref: mandy.meta.location, type: 'User', display: 'Mandy Pepperidge' },
    ]),
  );
});
