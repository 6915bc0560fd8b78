/**
 * suvera's scim2-compliance-test-utility, a Spring Boot program, re-expressed: it turns /Schemas into JSON Schemas, holds every
 * answer against them and follows meta.location as it stands. Source: suvera/scim2-compliance-test-utility, tests/*.java.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import type { RawAnswer } from '../support/raw-http.ts';
import { type Attribute, discover, type Model } from './discovered-model.ts';
import { shareServer } from './share-server.ts';
import { BULK_REQUEST, GROUP, LIST_RESPONSE, patchOf, query, SEARCH_REQUEST, USER } from './suite-server.ts';

type Resource = Record<string, unknown> & { id: string; meta: { location: string } };

describe('suvera scim2-compliance-test-utility', () => {
  const { client, server } = shareServer({
    Accept: 'application/scim+json',
    'Content-Type': 'application/scim+json',
  });
  let models: Model[];
  beforeAll(async () => {
    models = await discover(client);
  });

  /** What is wrong with a value, as its JSON Schemas would say: types, canonical values, required members. */
  const objections = (value: unknown, attribute: Attribute, inList = false): string[] => {
    const { name, type, multiValued, subAttributes = [], canonicalValues } = attribute;
    // Like its schema builder: only lists of complex values are lists.
    if (type === 'complex' && multiValued && !inList) {
      if (!Array.isArray(value)) return [`${name} is no list`];
      return value.flatMap((element) => objections(element, attribute, true));
    }
    if (type === 'complex') {
      const object = value as Record<string, unknown>;
      return subAttributes.flatMap((sub) => {
        const found = object[sub.name];
        if (found === undefined) return sub.required ? [`${name}.${sub.name} is missing`] : [];
        return objections(found, sub).map((objection) => `${name}.${objection}`);
      });
    }
    const wanted = { boolean: 'boolean', integer: 'number', decimal: 'number' }[type] ?? 'string';
    if (typeof value !== wanted) return [`${name} is a ${typeof value}, not a ${wanted}`];
    return canonicalValues && !canonicalValues.includes(String(value)) ? [`${name} is ${value}`] : [];
  };
  const expectFits = (resource: Resource, name: string) => {
    const model = models.find((candidate) => candidate.name === name);
    if (model === undefined) throw new Error(`no resource type ${name}`);
    const whole = (attributes: Attribute[], object: Record<string, unknown>) =>
      attributes.flatMap((attribute) => {
        const value = object[attribute.name];
        if (value === undefined) return attribute.required ? [`${attribute.name} is missing`] : [];
        return objections(value, attribute);
      });
    const extended = model.extensions.flatMap(({ id, attributes }) =>
      resource[id] === undefined ? [] : whole(attributes, resource[id] as Record<string, unknown>),
    );
    expect([...whole(model.schema.attributes, resource), ...extended]).toEqual([]);
  };
  const expectScim = (answer: RawAnswer, status: number) => {
    expect(answer.status).toBe(status);
    if (status !== 204) expect(answer.headers['content-type']).toMatch(/application\/(scim\+)?json/);
  };
  const fakeUser = (userName: string) => ({
    userName,
    externalId: `${userName}.external`,
    displayName: 'Starla Stark',
    nickName: 'Sandy Beach',
    active: true,
    title: 'Legacy Markets Agent',
    phoneNumbers: [{ value: '555-123-4567', primary: true }],
    addresses: [
      {
        formatted: '1 Main Street',
        streetAddress: '1 Main Street',
        locality: 'Winterfell',
        region: 'North',
        postalCode: '12345',
        country: 'US',
        type: 'work',
        primary: true,
      },
    ],
    emails: [{ value: `${userName}@opensource.suvera.example`, primary: true }],
    name: { familyName: 'Stark', givenName: 'Starla', formatted: 'Starla Stark', honorificPrefix: 'Ms.' },
    password: 'Iamp@ssw0rd',
  });

  describe.each([
    {
      type: 'User',
      endpoint: '/Users',
      body: () => ({ ...fakeUser('starla'), schemas: [USER] }),
      filter: 'name.familyName co "Stark"',
      operation: () => ({ op: 'replace', path: 'name.familyName', value: 'Stagger' }),
    },
    {
      type: 'Group',
      endpoint: '/Groups',
      body: () => ({ schemas: [GROUP], displayName: 'arya.Stark' }),
      filter: 'displayName co "Stark"',
      operation: (user: Resource) => ({
        op: 'add',
        path: 'members',
        value: [{ value: user.id, type: 'User', $ref: user.meta.location }],
      }),
    },
  ])('$type: every answer fits /Schemas, meta.location is followed as it is', (of) => {
    const { type, endpoint, body, filter, operation } = of;
    let sent: object;
    let location: string;

    test('create', async () => {
      sent = body();
      const created = await client.post(endpoint, sent);
      expectScim(created, 201);
      expectFits(created.body, type);
      location = created.body.meta.location;
      expect(location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
    });

    test('read', async () => {
      const read = await client.get(location);
      expectScim(read, 200);
      expectFits(read.body, type);
    });

    test('list and filter', async () => {
      for (const parameters of [
        query({ startIndex: 1, count: 10 }),
        query({ startIndex: 1, count: 10, filter }),
      ]) {
        const listed = await client.get(endpoint + parameters);
        expectScim(listed, 200);
        expect(listed.body.Resources.length).toBeGreaterThan(0);
        for (const resource of listed.body.Resources) expectFits(resource, type);
      }
    });

    test('update with what was created', async () => {
      const updated = await client.put(location, sent);
      expectScim(updated, 200);
      expectFits(updated.body, type);
    });

    test('patch', async () => {
      const { body: user } = await client.post('/Users', fakeUser(`member-of-${type}`));
      const patched = await client.patch(location, patchOf(operation(user)));
      expectScim(patched, 200);
      expectFits(patched.body, type);
    });

    test('delete', async () => expectScim(await client.delete(location), 204));
  });

  test('/Me says that it is not supported: 501', async () => expectScim(await client.get('/Me'), 501));

  test.each([
    ['', '(meta.resourceType eq "User") and (displayName sw "s")'],
    ['/Users', 'displayName sw "s"'],
    ['/Groups', 'displayName sw "s"'],
  ])('search at "%s/.search": count 0 gives the total only', async (endpoint, filter) => {
    const body = { schemas: [SEARCH_REQUEST], filter, startIndex: 1, count: 0 };
    const found = await client.post(`${endpoint}/.search`, body);
    expectScim(found, 200);
    expect(found.body).toMatchObject({ schemas: [LIST_RESPONSE], itemsPerPage: 0, Resources: [] });
    expect(found.body.totalResults).toBe(endpoint === '/Groups' ? 0 : 2);
  });

  test('bulk: a user, and a group that refers to it by bulkId', async () => {
    const answer = await client.post('/Bulk', {
      schemas: [BULK_REQUEST],
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'qwerty', data: fakeUser('bulkuser') },
        {
          method: 'POST',
          path: '/Groups',
          bulkId: 'ytrewq',
          data: { displayName: 'bulkgroup', members: [{ type: 'User', value: 'bulkId:qwerty' }] },
        },
      ],
    });
    expectScim(answer, 200);
    const [user, group] = answer.body.Operations;
    expect(user.location.startsWith(server().base)).toBe(true);
    const { members } = (await client.get(group.location)).body;
    expect(members).toMatchObject([{ value: user.location.split('/').at(-1), type: 'User' }]);
  });
});
