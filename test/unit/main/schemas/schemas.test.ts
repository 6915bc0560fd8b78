import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compose, type Rollcall } from '../../../../src/main/compose.ts';
import { MAX_EXTENSIONS } from '../../../../src/main/schemas/schemas.ts';
import { openDatabase } from '../../../../src/main/store/database.ts';
import { identityMigrations } from '../../../../src/main/store/migrations/identity/index.ts';
import { type RunningRollcall, startRollcall } from '../../../support/rollcall.ts';

const URN = 'urn:acme:scim:schemas:2.0:User';
const TAG = { id: URN, attributes: [{ name: 'tag' }] };
const schemaOf = (...attributes: object[]) => ({ id: URN, attributes });

let running: RunningRollcall;
let other: Rollcall;
beforeEach(async () => {
  running = await startRollcall();
  // As another process has it: connections of its own to the same files.
  other = compose({ dataDirectory: running.dataDirectory, operator: 'local:other', log: () => {} });
});
afterEach(async () => {
  await other.close();
  await running.close();
});

const here = () => running.rollcall.services.schemas;
const create = async (values: object, urn = URN) =>
  (await running.request('POST', '/Users', { userName: `${crypto.randomUUID()}@acme.com`, [urn]: values }))
    .body;
const read = async (id: string) => (await running.request('GET', `/Users/${id}`)).body;

describe('the registry', () => {
  test('is the same object until something changes, and is made anew when another process changes it', async () => {
    const first = here().registry();
    expect(here().registry()).toBe(first);
    await other.services.schemas.register('User', TAG);
    const second = here().registry();
    expect(second).not.toBe(first);
    expect(here().registry()).toBe(second);
    expect(second.schemas.map(({ id }) => id)).toContain(URN);
    await other.services.schemas.remove(URN, false);
    expect(
      here()
        .registry()
        .schemas.map(({ id }) => id),
    ).not.toContain(URN);
  });

  test('of another process holds at the next request', async () => {
    expect(await create({ tag: 'a' })).not.toHaveProperty([URN]);
    await other.services.schemas.register('User', TAG);
    const made = await create({ tag: 'a' });
    expect(made[URN]).toEqual({ tag: 'a' });
    await other.services.schemas.remove(URN, true);
    expect(await read(made.id)).not.toHaveProperty([URN]);
  });
});

describe('list and get', () => {
  test('standard schemas first, then registered ones in order', async () => {
    await here().register('User', TAG);
    await here().register('Group', { id: 'urn:acme:a:2.0:Group', attributes: [{ name: 'a' }] });
    expect(
      here()
        .list()
        .map(({ id, kind, resourceType }) => [id, kind, resourceType]),
    ).toEqual([
      ['urn:ietf:params:scim:schemas:core:2.0:User', 'core', 'User'],
      ['urn:ietf:params:scim:schemas:core:2.0:Group', 'core', 'Group'],
      ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', 'standard-extension', 'User'],
      [URN, 'custom', 'User'],
      ['urn:acme:a:2.0:Group', 'custom', 'Group'],
    ]);
    expect(here().get(URN.toUpperCase())).toMatchObject({ id: URN, registeredBy: 'local:test' });
    expect(() => here().get('urn:nobody:x')).toThrow('There is no schema urn:nobody:x.');
  });
});

describe('register', () => {
  test('tells every problem, a line each, and registers nothing', async () => {
    await expect(
      here().register('User', schemaOf({ name: '1' }, { name: 'a', required: true })),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/must begin with a letter.*\n.*required/),
    });
    expect(here().list()).toHaveLength(3);
  });

  test('refuses a URN a second time, in any case and for the other resource type', async () => {
    await here().register('User', TAG);
    for (const type of ['User', 'Group'] as const) {
      await expect(
        other.services.schemas.register(type, { ...TAG, id: URN.toUpperCase() }),
      ).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining('registered already'),
      });
    }
  });

  test('of two that register the same at once, one succeeds', async () => {
    const outcomes = await Promise.allSettled([
      here().register('User', TAG),
      other.services.schemas.register('User', TAG),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(here().list()).toHaveLength(4);
  });

  test('has a limit', async () => {
    for (let index = 0; index < MAX_EXTENSIONS; index += 1) {
      await here().register('User', { ...TAG, id: `urn:acme:n${index}` });
    }
    await expect(here().register('User', TAG)).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('replace', () => {
  test('adds attributes while values stay, and keeps the URN as it was spelled first', async () => {
    await here().register('User', TAG);
    const made = await create({ tag: 'a' });
    const replaced = await here().replace(
      { id: URN.toUpperCase(), attributes: [{ name: 'tag' }, { name: 'b' }] },
      false,
    );
    expect(replaced.id).toBe(URN);
    expect(await read(made.id)).toEqual(made);
    expect((await create({ tag: 'a', b: 'b' }))[URN]).toEqual({ tag: 'a', b: 'b' });
  });

  test('deletes values of another type when forced, and says how many would be', async () => {
    await here().register('User', schemaOf({ name: 'floor' }, { name: 'tag' }));
    const [one] = await Promise.all([
      create({ floor: 'third', tag: 'a' }),
      create({ floor: 'x' }),
      create({ tag: 'b' }),
      create({}),
    ]);
    const numbered = schemaOf({ name: 'floor', type: 'integer' }, { name: 'tag' });
    expect(here().preview('User', numbered)).toMatchObject({
      problems: [],
      replaces: true,
      losses: [{ attribute: 'floor', resources: 2 }],
    });
    await expect(here().replace(numbered, false)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('floor (2 people hold a value)'),
    });
    await here().replace(numbered, true);
    expect((await read(one.id))[URN]).toEqual({ tag: 'a' });
    expect(here().usage(URN)).toEqual({ resources: 2, attributes: [{ attribute: 'tag', resources: 2 }] });
  });

  test('deletes a part of several elements', async () => {
    const devices = (...names: string[]) =>
      schemaOf({
        name: 'devices',
        type: 'complex',
        multiValued: true,
        subAttributes: names.map((name) => ({ name })),
      });
    await here().register('User', devices('value', 'color'));
    const made = await create({ devices: [{ value: 'a', color: 'red' }, { color: 'blue' }, { value: 'c' }] });
    await here().replace(devices('value'), true);
    expect((await read(made.id))[URN]).toEqual({ devices: [{ value: 'a' }, { value: 'c' }] });
  });

  test('refuses what is not registered, and what is standard', async () => {
    await expect(here().replace(TAG, true)).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      here().replace({ ...TAG, id: 'urn:ietf:params:scim:schemas:core:2.0:User' }, true),
    ).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('standard schema') });
  });
});

describe('preview', () => {
  test('of a new one shows it as it would be, and changes nothing', () => {
    expect(here().preview('User', TAG)).toMatchObject({
      schema: { id: URN, kind: 'custom', resourceType: 'User' },
      problems: [],
      replaces: false,
      losses: [],
    });
    expect(here().list()).toHaveLength(3);
  });

  test('of a wrong one shows what is wrong', () => {
    expect(here().preview('User', {})).toMatchObject({
      schema: null,
      problems: [/id is missing/, /attributes/].map((s) => expect.stringMatching(s)),
    });
  });

  test('can’t move a schema to another resource type', async () => {
    await here().register('User', TAG);
    expect(here().preview('Group', TAG)).toMatchObject({
      schema: null,
      problems: [expect.stringContaining("can't be moved to Group")],
    });
  });
});

describe('remove', () => {
  test('takes a schema that nobody uses', async () => {
    await here().register('User', TAG);
    expect(await here().remove(URN, false)).toEqual({ id: URN, resources: 0 });
    expect(here().list()).toHaveLength(3);
  });

  test('deletes values of those who hold some, of nobody else, and raises their version alone', async () => {
    await here().register('User', TAG);
    await here().register('User', { id: 'urn:acme:kept', attributes: [{ name: 'k' }] });
    const holder = (
      await running.request('POST', '/Users', {
        userName: 'a@acme.com',
        title: 'Dr',
        [URN]: { tag: 'a' },
        'urn:acme:kept': { k: 'v' },
      })
    ).body;
    const bystander = await create({});
    expect(await here().remove(URN, true)).toEqual({ id: URN, resources: 1 });
    const { [URN]: _, ...rest } = holder;
    const after = await read(holder.id);
    expect(after).toEqual({
      ...rest,
      schemas: rest.schemas.filter((urn: string) => urn !== URN),
      meta: { ...rest.meta, version: 'W/"2"', lastModified: expect.any(String) },
    });
    expect(after.meta.lastModified >= holder.meta.lastModified).toBe(true);
    expect(await read(bystander.id)).toEqual(bystander);
  });

  test('is for good: the same schema, registered again, finds nothing, in answers that are kept as text either', async () => {
    await here().register('User', schemaOf({ name: 'tag' }, { name: 'b' }));
    const one = await create({ tag: 'a', b: 'b' });
    const other = await create({ tag: 'c' });
    await here().remove(URN, true);
    await here().register('User', schemaOf({ name: 'tag' }, { name: 'b' }));
    expect(await read(one.id)).not.toHaveProperty([URN]);
    expect(
      (await running.request('GET', '/Users')).body.Resources.map(({ id }: { id: string }) => id),
    ).toEqual([one.id, other.id]);
    expect(JSON.stringify((await running.request('GET', '/Users')).body)).not.toContain(URN);
    expect(here().usage(URN).resources).toBe(0);
  });

  test('of groups counts groups', async () => {
    await here().register('Group', { id: 'urn:acme:g', attributes: [{ name: 'k' }] });
    for (const displayName of ['A', 'B']) {
      await running.request('POST', '/Groups', { displayName, 'urn:acme:g': { k: 'v' } });
    }
    await expect(here().remove('urn:acme:g', false)).rejects.toThrow('2 groups hold a value of urn:acme:g');
    expect(await here().remove('urn:acme:g', true)).toEqual({ id: 'urn:acme:g', resources: 2 });
  });

  test('refuses standard and unknown ones', async () => {
    await expect(
      here().remove('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', true),
    ).rejects.toThrow(/standard schema/);
    await expect(here().remove('urn:nobody:x', true)).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('the trail tells who registered, replaced and removed what, names only', async () => {
  await here().register('User', schemaOf({ name: 'tag' }, { name: 'b' }));
  await create({ tag: 'private', b: 'b' });
  await other.services.schemas.replace(TAG, true);
  await here().remove(URN, true);
  const database = openDatabase(join(running.dataDirectory, 'identity.db'), {
    migrations: identityMigrations,
    durability: 'normal',
  });
  const rows = database
    .prepare("SELECT actor, event, subject, detail FROM audit_event WHERE event LIKE 'schema.%' ORDER BY seq")
    .raw()
    .all() as string[][];
  database.close();
  const trail = rows.map(([actor, event, subject, detail]) => [
    actor,
    event,
    subject,
    JSON.parse(detail ?? ''),
  ]);
  expect(trail).toEqual([
    ['local:test', 'schema.registered', URN, { resourceType: 'User', attributes: ['tag', 'b'] }],
    [
      'local:other',
      'schema.replaced',
      URN,
      { resourceType: 'User', attributes: ['tag'], valuesDeleted: ['b'], resources: 1 },
    ],
    ['local:test', 'schema.removed', URN, { resourceType: 'User', resources: 1 }],
  ]);
});
