import { describe, expect, test } from 'vitest';
import { ENTERPRISE, expectError, headerOf, type Json, listed, shareEndpoint, USER } from './endpoint.ts';

/** Bugs that broke real integrations, by their number in section 4 of the protocol reference: none of them is ours. */
const scim = shareEndpoint();

const members = ({ body }: { body: Json }): string[] => body.members.map(({ value }: Json) => value).sort();
const group = (...values: string[]) => scim.group({ members: values.map((value) => ({ value })) });
const patchGroup = (id: string, ...operations: object[]) => scim.patch(`/Groups/${id}`, operations);

test('1: removal of members[value eq "…"] really removes (authentik #24173)', async () => {
  const { id } = await group('a', 'b');
  expect(members(await patchGroup(id, { op: 'remove', path: 'members[value eq "a"]' }))).toEqual(['b']);
  expect(members(await scim.get(`/Groups/${id}`))).toEqual(['b']);
});

test('2: PATCH of users is there (authentik #11249)', async () => {
  const { id } = await scim.user();
  expect((await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'title', value: 'x' }])).status).toBe(200);
});

test('3: an unsupported method is 405, never 404 (authentik #16678)', async () => {
  expectError(await scim.raw('PUT', '/Users'), 405);
  expectError(await scim.raw('PATCH', '/Groups'), 405);
});

test('4: a match by externalId of a GUID (authentik #25987)', async () => {
  const externalId = '54D382A4-2050-4C03-94D1-E769F1D15682';
  const { id } = await scim.user({ externalId });
  expect(listed(await scim.list('/Users', { filter: `externalId eq "${externalId}"` }), 'id')).toEqual([id]);
});

test('5: an unknown externalId is an empty list (OctopusDeploy #9841)', async () => {
  const { status, body } = await scim.list('/Users', { filter: 'externalId eq "none"' });
  expect([status, body.totalResults, body.Resources]).toEqual([200, 0, []]);
});

test('6: emails[type eq "work"].value eq "…" (FusionAuth #2456)', async () => {
  const value = `${scim.unique('six')}@x.example`;
  const { id } = await scim.user({ emails: [{ type: 'work', value }] });
  const found = await scim.list('/Users', { filter: `emails[type eq "work"].value eq "${value}"` });
  expect(listed(found, 'id')).toEqual([id]);
});

test('7: a group of more than a hundred loses nobody to a PATCH (FusionAuth #2784)', async () => {
  const { id } = await group(...Array.from({ length: 250 }, (_, index) => `m${index}`));
  await patchGroup(id, { op: 'add', path: 'members', value: [{ value: 'one more' }] });
  await patchGroup(id, { op: 'replace', path: 'externalId', value: 'x' });
  expect(members(await scim.get(`/Groups/${id}`))).toHaveLength(251);
});

test('8: PATCH at an enterprise URN (FusionAuth #2667)', async () => {
  const { id } = await scim.user();
  const answer = await scim.patch(`/Users/${id}`, [
    { op: 'Replace', path: `${ENTERPRISE}:department`, value: 'D' },
  ]);
  expect([answer.status, answer.body[ENTERPRISE]]).toEqual([200, { department: 'D' }]);
});

test('9: dots inside a filter’s value do not split the path (scim-patch #42, #161)', async () => {
  const { id } = await scim.user({ emails: [{ value: 'a.b@c.d' }, { value: 'other' }] });
  const answer = await scim.patch(`/Users/${id}`, [{ op: 'remove', path: 'emails[value eq "a.b@c.d"]' }]);
  expect(answer.body.emails).toEqual([{ value: 'other' }]);
});

test('10: add at a filtered path creates the element from its eq terms (scim-patch #207, #214, #220)', async () => {
  const { id } = await scim.user();
  const answer = await scim.patch(`/Users/${id}`, [
    { op: 'add', path: 'addresses[type eq "work" and primary eq true].streetAddress', value: 'S' },
  ]);
  expect(answer.body.addresses).toEqual([{ type: 'work', primary: true, streetAddress: 'S' }]);
});

test('11: remove with a list removes those, not nobody and not all (scim-patch #489, #872)', async () => {
  const { id } = await group('a', 'b', 'c');
  const answer = await patchGroup(id, {
    op: 'remove',
    path: 'members',
    value: [{ value: 'a' }, { value: 'c' }],
  });
  expect(members(answer)).toEqual(['b']);
});

test('12: "False" deactivates, "Replace" is understood (ssoready #155, #228)', async () => {
  const { id } = await scim.user();
  const answer = await scim.patch(`/Users/${id}`, [{ op: 'Replace', path: 'active', value: 'False' }]);
  expect(answer.body.active).toBe(false);
});

test('13: replace members [] empties, also an empty group (SCIM-SDK #757)', async () => {
  const { id } = await group();
  expect(members(await patchGroup(id, { op: 'replace', path: 'members', value: [] }))).toEqual([]);
});

test('14: Entra’s add at emails[type eq "work"].value is no noTarget (SCIM-SDK #416)', async () => {
  const { id } = await scim.user();
  const answer = await scim.patch(`/Users/${id}`, [
    { op: 'Add', path: 'emails[type eq "work"].value', value: 'v' },
  ]);
  expect(answer.body.emails).toEqual([{ type: 'work', value: 'v' }]);
});

test('15: members by the thousand are added and removed within a second (scim-for-keycloak #134)', async () => {
  const values = Array.from({ length: 5000 }, (_, index) => ({ value: `big-${index}` }));
  const { id } = await group();
  const started = performance.now();
  await patchGroup(id, { op: 'add', path: 'members', value: values });
  await patchGroup(id, { op: 'remove', path: 'members', value: values.slice(1) });
  expect(members(await scim.get(`/Groups/${id}`))).toEqual(['big-0']);
  expect(performance.now() - started).toBeLessThan(5000);
});

test('16: Replace at a filtered path without a match adds (sourcegraph #49200)', async () => {
  const { id } = await scim.user({ emails: [{ type: 'home', value: 'h' }] });
  const answer = await scim.patch(`/Users/${id}`, [
    { op: 'Replace', path: 'emails[type eq "work"].value', value: 'w' },
  ]);
  expect(answer.body.emails).toEqual([
    { type: 'home', value: 'h' },
    { type: 'work', value: 'w' },
  ]);
});

test('17: names in any case, removal by list (SCIMReferenceCode #10, #76)', async () => {
  const { id } = await group('a', 'b');
  expect(members(await patchGroup(id, { OP: 'Remove', PATH: 'Members', VALUE: [{ Value: 'a' }] }))).toEqual([
    'b',
  ]);
});

test('18: path-less objects and text booleans make no duplicates (SimpleIdServer #164, #244, #696)', async () => {
  const user = await scim.user({ emails: [{ value: 'a', type: 'work', primary: true }] });
  const answer = await scim.patch(`/Users/${user.id}`, [
    { op: 'Add', value: { emails: [{ value: 'a', type: 'work', primary: 'True' }], active: 'true' } },
  ]);
  expect([answer.status, answer.body]).toEqual([200, user]);
});

test('19: itemsPerPage is what was returned (ory/polis #4054)', async () => {
  await scim.user();
  const { body } = await scim.list('/Users', { count: 500 });
  expect(body.itemsPerPage).toBe(body.Resources.length);
  expect(body.itemsPerPage).toBeLessThan(500);
});

test('20: members in POST and PUT count; a value may contain "eq " (ory/polis #3136)', async () => {
  const { id, displayName } = await group('a');
  const put = await scim.put(`/Groups/${id}`, { displayName, members: [{ value: 'b' }] });
  expect(members(put)).toEqual(['b']);
  const userName = scim.unique('he eq she');
  await scim.user({ userName });
  expect(listed(await scim.list('/Users', { filter: `userName eq "${userName}"` }))).toEqual([userName]);
});

test('21: DELETE with a Content-Type and no body is no 415 (bitwarden #2919)', async () => {
  const { id } = await scim.user();
  for (const type of ['application/scim+json; charset=utf-8', 'text/html']) {
    const answer = await scim.raw('DELETE', `/Users/${type === 'text/html' ? (await scim.user()).id : id}`, {
      'Content-Type': type,
    });
    expect(answer.status).toBe(204);
  }
});

test('22: filters with spaces, + and URNs (wso2 #13772, #5333)', async () => {
  const userName = scim.unique('with  two spaces + plus');
  await scim.user({ userName });
  const filter = `${USER}:userName   eq "${userName}"`;
  expect(listed(await scim.list('/Users', { filter }))).toEqual([userName]);
  expect(listed(await scim.get(`/Users?${new URLSearchParams({ filter })}`))).toEqual([userName]);
});

test('23: parallel PATCHes lose nobody (fleet #50724)', async () => {
  const { id } = await group('stays');
  const ids = Array.from({ length: 20 }, (_, index) => `p${index}`);
  await Promise.all(ids.map((value) => patchGroup(id, { op: 'add', path: 'members', value: [{ value }] })));
  await Promise.all(
    ids.slice(10).map((value) => patchGroup(id, { op: 'remove', path: `members[value eq "${value}"]` })),
  );
  expect(members(await scim.get(`/Groups/${id}`))).toEqual([...ids.slice(0, 10), 'stays'].sort());
});

test('24: the answer shows what is stored afterwards, not before (open-webui #30074)', async () => {
  const { id } = await group('a');
  const answer = await patchGroup(id, { op: 'add', path: 'members', value: [{ value: 'b' }] });
  expect(answer.body).toEqual((await scim.get(`/Groups/${id}`)).body);
  expect(members(answer)).toEqual(['a', 'b']);
});

test('25: application/scim+json bodies are read (medplum #4143, scimmy-routers #18)', async () => {
  const body = JSON.stringify({ userName: scim.unique('typed') });
  for (const type of ['application/scim+json', 'application/scim+json; charset=utf-8']) {
    const answer = await scim.raw(
      'POST',
      '/Users',
      { 'Content-Type': type },
      body.replace('typed', `typed${type.length}`),
    );
    expect(answer.status).toBe(201);
  }
});

test('26: who was deleted can be provisioned again; who is inactive is found (better-auth #11111)', async () => {
  const { id, userName } = await scim.user({ externalId: 'e' });
  await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }]);
  expectError(await scim.post('/Users', { userName, externalId: 'e' }), 409, 'uniqueness');
  expect(listed(await scim.list('/Users', { filter: `userName eq "${userName}"` }), 'id')).toEqual([id]);
  await scim.delete(`/Users/${id}`);
  expect((await scim.post('/Users', { userName, externalId: 'e' })).status).toBe(201);
});

test('27: a percent sign in a filter is no crash; members = [] counts (scimgateway #110, #122)', async () => {
  const userName = scim.unique('100% %41 %zz');
  await scim.user({ userName });
  expect(listed(await scim.list('/Users', { filter: `userName eq "${userName}"` }))).toEqual([userName]);
  const { id } = await group('a');
  expect(members(await patchGroup(id, { op: 'replace', value: { members: [] } }))).toEqual([]);
});

test('28: a duplicate is 409, not 500 (django-scim2 0.22)', async () => {
  const { userName } = await scim.user();
  const other = await scim.user();
  expectError(await scim.post('/Users', { userName }), 409, 'uniqueness');
  expectError(await scim.put(`/Users/${other.id}`, { userName }), 409, 'uniqueness');
});

test('29: meta.location never comes from Host (Cogtrix #122)', async () => {
  const { id } = await scim.user();
  const answer = await scim.raw('GET', `/Users/${id}`, {
    Host: 'localhost',
    'X-Forwarded-Host': 'evil.example',
  });
  expect(answer.body.meta.location).toBe(`${scim.running.base}/Users/${id}`);
});

test('30: a client’s id never becomes ours (agent-bom #3533)', async () => {
  const victim = await scim.user();
  const created = await scim.user({ id: victim.id, ID: victim.id });
  expect(created.id).not.toBe(victim.id);
  expect((await scim.get(`/Users/${victim.id}`)).body).toEqual(victim);
});

test('31: path-less and URN patches; sorting does not crash (laravel-scim-server #34, #137)', async () => {
  const { id } = await scim.user();
  const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { [`${USER}:nickName`]: 'N' } }]);
  expect(answer.body.nickName).toBe('N');
  expect((await scim.list('/Users', { sortBy: `${USER}:name.familyName` })).status).toBe(200);
});

describe('32 (scimmy #16, #34, #37, #41, #42, #61, #64)', () => {
  test('values that begin with digits, "not", nested groups', async () => {
    const userName = scim.unique('0123abc');
    await scim.user({ userName, title: 'T' });
    const filter = `userName eq ${userName} and not (title ne "T") and ((active eq true) or (title pr))`;
    expect(listed(await scim.list('/Users', { filter }))).toEqual([userName]);
  });

  test('add to a complex multi-valued attribute', async () => {
    const { id } = await scim.user({ emails: [{ value: 'a', type: 'work' }] });
    const answer = await scim.patch(`/Users/${id}`, [
      { op: 'add', value: { emails: [{ value: 'b', type: 'home' }] } },
    ]);
    expect(answer.body.emails).toEqual([
      { value: 'a', type: 'work' },
      { value: 'b', type: 'home' },
    ]);
  });
});

test('33: replace by [] is no error (pingidentity/scim2 #104)', async () => {
  const { id } = await scim.user({ emails: [{ value: 'a' }] });
  const answer = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'emails', value: [] }]);
  expect(answer.status).toBe(200);
  expect(answer.body).not.toHaveProperty('emails');
});

test('34: roles and externalId are not lost (keycloak-scim-server #35)', async () => {
  const user = await scim.user({ externalId: 'e', roles: [{ value: 'r' }] });
  expect((await scim.get(`/Users/${user.id}`)).body).toMatchObject({
    externalId: 'e',
    roles: [{ value: 'r' }],
  });
});

test('35: roles[].primary "True", a bare manager (the validator’s seventeen failures of one root)', async () => {
  const user = await scim.user({ roles: [{ value: 'r', primary: 'True' }], [ENTERPRISE]: { manager: 'm' } });
  expect(user.roles).toEqual([{ value: 'r', primary: true }]);
  expect(user[ENTERPRISE].manager.value).toBe('m');
});

test('every answer of these is application/scim+json without a charset', async () => {
  expect(headerOf(await scim.get('/Users?count=1'), 'content-type')).toBe('application/scim+json');
});
