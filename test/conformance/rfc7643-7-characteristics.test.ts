import { describe, expect, test } from 'vitest';
import { expectError, type Json, listed, shareEndpoint } from './endpoint.ts';
import { definitionAt, type PublishedPath, readPublished, sampleOf } from './published-schemas.ts';

/**
 * RFC 7643 section 7: every characteristic that /Schemas publishes is enforced. The tests are made from what the server
 * publishes, so that an attribute that is added, or told otherwise, is tested as it says it is.
 */
const { paths } = await readPublished();
const scim = shareEndpoint();

const isWritable = ({ attribute, sub }: PublishedPath) =>
  attribute.mutability !== 'readOnly' && sub?.mutability !== 'readOnly';
const isReturned = (at: PublishedPath) =>
  at.attribute.returned !== 'never' && definitionAt(at).returned !== 'never';
/** `$ref` says the same as `value`, which is what is stored. */
const isDerived = ({ sub, attribute }: PublishedPath) =>
  sub?.name === '$ref' && attribute.subAttributes?.some(({ name }) => name === 'value') === true;
/** Names the resource type of a reference: the service provider knows it better. */
const namesType = ({ sub, attribute }: PublishedPath) =>
  sub?.name === 'type' && attribute.subAttributes?.some(({ name }) => name === '$ref') === true;

const written = paths.filter((at) => isWritable(at) && isReturned(at));
const named = (list: PublishedPath[]) => list.map((at) => [`${at.endpoint} ${at.path}`, at] as const);

/** The body of a resource whose attribute at a path has this value. */
function bodyWith({ endpoint, extension, attribute }: PublishedPath, value: Json): Json {
  const required = endpoint === '/Users' ? 'userName' : 'displayName';
  const assigned = { [attribute.name]: value };
  return {
    ...(attribute.name !== required && { [required]: scim.unique('owner') }),
    ...(extension === undefined ? assigned : { [extension]: assigned }),
  };
}

/** What a resource holds at a path: the value, or those of all elements. */
function valueAt({ extension, attribute, sub }: PublishedPath, resource: Json): Json {
  const value = (extension === undefined ? resource : resource[extension])?.[attribute.name];
  if (sub === undefined) return value;
  return Array.isArray(value) ? value.map((element) => element[sub.name]) : value?.[sub.name];
}

/** Creates a resource with a sample at a path. */
async function create(at: PublishedPath): Promise<{ resource: Json; location: string; sample: Json }> {
  const body = bodyWith(at, sampleOf(at.attribute, scim.running.base));
  const { status, body: resource } = await scim.post(at.endpoint, body);
  expect(status, JSON.stringify(resource)).toBe(201);
  return { resource, location: resource.meta.location, sample: valueAt(at, body) };
}

/** A value with everything that the server adds to it, such as `$ref`. */
const expected = (sample: Json): Json => {
  if (Array.isArray(sample)) return sample.map(expected);
  return typeof sample === 'object' ? expect.objectContaining(sample) : sample;
};

describe('type and multiValued: what is written comes back, of its type', () => {
  test.each(named(written))('%s', async (_name, at) => {
    const { location, sample } = await create(at);
    const value = valueAt(at, (await scim.get(location)).body);
    expect(value).toEqual(expected(sample));
    expect(Array.isArray(value)).toBe(at.attribute.multiValued);
  });
});

describe('type: what is of another type is refused with invalidValue', () => {
  const wrong: Record<string, Json[]> = {
    string: [{ a: 1 }, ['x', 'y']],
    reference: [{ a: 1 }, ['x', 'y']],
    binary: [{ a: 1 }],
    boolean: ['perhaps', 2, { a: 1 }],
    integer: ['many', 1.5, {}],
    decimal: ['many', {}],
    dateTime: ['yesterday', 5, {}],
  };
  const simple = paths.filter((at) => isWritable(at) && definitionAt(at).type !== 'complex');

  test.each(named(simple))('%s', async (_name, at) => {
    for (const value of wrong[definitionAt(at).type] ?? []) {
      const whole =
        at.sub === undefined
          ? value
          : { ...sampleOf(at.attribute, scim.running.base), value: 'v', [at.sub.name]: value };
      const answer = await scim.post(at.endpoint, bodyWith(at, at.attribute.multiValued ? [whole] : whole));
      expectError(answer, 400, 'invalidValue');
    }
  });
});

describe('returned', () => {
  test.each(named(paths.filter((at) => isReturned(at) && isWritable(at))))('%s', async (_name, at) => {
    const { location, sample } = await create(at);
    const { returned } = definitionAt(at);
    const plain = valueAt(at, (await scim.get(location)).body);
    if (returned === 'request') expect(plain).toBeUndefined();
    else expect(plain).toEqual(expected(sample));

    const asked = (await scim.get(`${location}?attributes=${encodeURIComponent(at.path)}`)).body;
    expect(valueAt(at, asked)).toEqual(expected(sample));
    expect(Object.keys(asked).sort()).toEqual(['id', 'schemas', at.extension ?? at.attribute.name].sort());
    if (at.sub?.returned === 'default') {
      for (const element of [valueAt({ ...at, sub: undefined }, asked)].flat()) {
        expect(Object.keys(element)).toEqual([at.sub.name]);
      }
    }

    const excluded = (await scim.get(`${location}?excludedAttributes=${encodeURIComponent(at.path)}`)).body;
    const left = [valueAt(at, excluded)].flat().filter((value) => value !== undefined);
    if (returned === 'always') expect(left).toEqual([sample].flat());
    else expect(left).toEqual([]);
  });

  test.each(named(paths.filter((at) => !isReturned(at))))('%s is never returned', async (_name, at) => {
    const body = bodyWith(at, sampleOf(at.attribute, scim.running.base));
    const created = await scim.post(`${at.endpoint}?attributes=${at.path}`, body);
    expect(created.status).toBe(201);
    const read = await scim.get(`${at.endpoint}/${created.body.id}?attributes=${at.path}`);
    for (const answer of [created, read]) expect(Object.keys(answer.body).sort()).toEqual(['id', 'schemas']);
  });
});

describe('mutability readOnly', () => {
  const readOnly = paths.filter((at) => !isWritable(at));

  test.each(named(readOnly))('%s: ignored in POST and PUT, refused as a PATCH path', async (_name, at) => {
    const { base } = scim.running;
    // As if it could be written.
    const open = {
      ...at.attribute,
      subAttributes: at.attribute.subAttributes?.map((sub) => ({ ...sub, mutability: 'readWrite' })),
    };
    const body = bodyWith(at, sampleOf(open, base));
    const created = await scim.post(at.endpoint, body);
    expect(created.status).toBe(201);
    const samples = [valueAt(at, body)].flat().filter((value) => typeof value === 'string');
    for (const sample of samples) expect(JSON.stringify(created.body)).not.toContain(`"${sample}"`);
    const put = await scim.put(created.body.meta.location, body);
    expect(put.status).toBe(200);
    for (const sample of samples) expect(JSON.stringify(put.body)).not.toContain(`"${sample}"`);

    for (const op of ['add', 'replace', 'remove']) {
      const answer = await scim.patch(created.body.meta.location, [
        { op, path: at.path, ...(op !== 'remove' && { value: valueAt(at, body) }) },
      ]);
      expectError(answer, 400, 'mutability');
    }
  });
});

describe('mutability readWrite: added, replaced and removed by PATCH', () => {
  const inPlace = written.filter(
    (at) =>
      definitionAt(at).mutability === 'readWrite' &&
      at.attribute.mutability === 'readWrite' &&
      !definitionAt(at).required,
  );

  test.each(named(inPlace))('%s', async (_name, at) => {
    const { base } = scim.running;
    const { location } = await create(at);
    const read = async () => valueAt(at, (await scim.get(location)).body);
    const valueFor = (): Json => {
      if (at.sub === undefined) return sampleOf(at.attribute, base);
      return isDerived(at) ? `${base}/Users/${scim.unique('target')}` : sampleOf(at.sub, base);
    };
    const onElements = (value: Json): Json => (at.sub && at.attribute.multiValued ? [value] : value);

    for (const op of ['replace', 'add']) {
      const value = valueFor();
      const answer = await scim.patch(location, [{ op, path: at.path, value }]);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      if (at.attribute.multiValued && at.sub === undefined && op === 'add') {
        expect(await read()).toEqual(expect.arrayContaining(expected(value)));
      } else expect(await read()).toEqual(expected(onElements(value)));
      expect(valueAt(at, answer.body)).toEqual(await read());
    }
    const removed = await scim.patch(location, [{ op: 'remove', path: at.path }]);
    expect(removed.status, JSON.stringify(removed.body)).toBe(200);
    expect([await read()].flat().filter((value) => value !== undefined)).toEqual([]);
  });
});

describe('mutability immutable: set once', () => {
  const immutable = written.filter((at) => definitionAt(at).mutability === 'immutable' && !isDerived(at));

  test.each(named(immutable))('%s cannot be removed from a value, nor changed', async (_name, at) => {
    const { location, resource } = await create(at);
    const before = valueAt(at, resource);
    expectError(await scim.patch(location, [{ op: 'remove', path: at.path }]), 400, 'mutability');
    if (!namesType(at)) {
      const answer = await scim.patch(location, [
        { op: 'replace', path: at.path, value: scim.unique('other') },
      ]);
      expectError(answer, 400, 'mutability');
    }
    expect(valueAt(at, (await scim.get(location)).body)).toEqual(before);
  });
});

describe('mutability writeOnly: taken and never told', () => {
  test.each(named(paths.filter((at) => definitionAt(at).mutability === 'writeOnly')))(
    '%s',
    async (_name, at) => {
      const body = bodyWith(at, sampleOf(at.attribute, scim.running.base));
      const created = await scim.post(at.endpoint, body);
      expect(created.status).toBe(201);
      const patched = await scim.patch(created.body.meta.location, [
        { op: 'replace', path: at.path, value: valueAt(at, body) },
      ]);
      expect(patched.status).toBe(200);
      for (const answer of [created, patched]) expect(valueAt(at, answer.body)).toBeUndefined();
      expectError(await scim.list(at.endpoint, { filter: `${at.path} pr` }), 400, 'invalidFilter');
    },
  );
});

describe('required', () => {
  const required = paths.filter((at) => isWritable(at) && definitionAt(at).required && at.sub === undefined);
  const optional = written.filter((at) => !definitionAt(at).required && at.sub === undefined);

  test.each(named(required))('%s: missing is 400 on POST and PUT, removing it 400', async (_name, at) => {
    const { location } = await create(at);
    for (const nothing of [undefined, null, '']) {
      expectError(await scim.post(at.endpoint, { [at.path]: nothing, title: 'x' }), 400, 'invalidValue');
      expectError(await scim.put(location, { [at.path]: nothing, title: 'x' }), 400, 'invalidValue');
    }
    expectError(await scim.patch(location, [{ op: 'remove', path: at.path }]), 400, 'mutability');
  });

  test.each(named(optional))('%s: may be missing', async (_name, at) => {
    const { status, body } = await scim.post(at.endpoint, bodyWith(at, null));
    expect(status, JSON.stringify(body)).toBe(201);
    const { attribute } = at;
    // A group always shows its members, and an account is active unless it is said not to be.
    if (attribute.name === 'members') expect(valueAt(at, body)).toEqual([]);
    else if (attribute.name === 'active') expect(valueAt(at, body)).toBe(true);
    else expect(valueAt(at, body)).toBeUndefined();
  });
});

describe('uniqueness', () => {
  const unique = written.filter((at) => ['server', 'global'].includes(definitionAt(at).uniqueness ?? 'none'));
  const shared = written.filter(
    ({ attribute, sub }) => sub === undefined && attribute.uniqueness !== 'server',
  );

  test.each(named(unique))('%s: a second one is 409, whoever writes it', async (_name, at) => {
    const { sample, location } = await create(at);
    for (const value of [sample, sample.toUpperCase(), sample.toLowerCase()]) {
      expectError(await scim.post(at.endpoint, { [at.path]: value }), 409, 'uniqueness');
      const { location: other } = await create(at);
      expectError(await scim.put(other, { [at.path]: value }), 409, 'uniqueness');
      expectError(await scim.patch(other, [{ op: 'add', path: at.path, value }]), 409, 'uniqueness');
      expectError(
        await scim.patch(other, [{ op: 'replace', value: { [at.path]: value } }]),
        409,
        'uniqueness',
      );
    }
    expect((await scim.put(location, { [at.path]: sample })).status).toBe(200);
  });

  test.each(named(shared))('%s: many resources may have the same', async (_name, at) => {
    const value = sampleOf(at.attribute, scim.running.base);
    for (let round = 0; round < 2; round++) {
      expect((await scim.post(at.endpoint, bodyWith(at, value))).status).toBe(201);
    }
  });
});

describe('caseExact: how filters compare', () => {
  const text = written.filter(
    (at) =>
      definitionAt(at).caseExact !== undefined &&
      !namesType(at) &&
      definitionAt(at).canonicalValues === undefined,
  );
  const swapCase = (value: string) =>
    value.replace(/[a-z]/gi, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );

  test.each(named(text.filter((at) => definitionAt(at).type !== 'complex')))('%s', async (_name, at) => {
    const { resource, sample } = await create(at);
    const value = [isDerived(at) ? valueAt(at, resource) : sample].flat()[0];
    for (const operator of ['eq', 'sw']) {
      const find = async (wanted: string) =>
        listed(await scim.list(at.endpoint, { filter: `${at.path} ${operator} "${wanted}"` }), 'id');
      expect(await find(value), operator).toContain(resource.id);
      if (definitionAt(at).caseExact)
        expect(await find(swapCase(value)), operator).not.toContain(resource.id);
      else expect(await find(swapCase(value)), operator).toContain(resource.id);
    }
  });
});

describe('canonicalValues', () => {
  const suggested = written.filter((at) => definitionAt(at).canonicalValues !== undefined);

  test.each(named(suggested))('%s: each is taken in any case and kept in its own', async (_name, at) => {
    for (const canonical of definitionAt(at).canonicalValues ?? []) {
      const whole = [sampleOf(at.attribute, scim.running.base)].flat()[0];
      const body = bodyWith(at, [
        { ...whole, $ref: undefined, [at.sub?.name ?? '']: canonical.toUpperCase() },
      ]);
      const { status, body: resource } = await scim.post(at.endpoint, body);
      expect(status).toBe(201);
      expect(valueAt(at, resource)).toEqual([canonical]);
    }
  });

  test.each(named(suggested.filter((at) => !namesType(at))))(
    '%s: other values are kept too',
    async (_name, at) => {
      const whole = [sampleOf(at.attribute, scim.running.base)].flat()[0];
      const body = bodyWith(at, [{ ...whole, [at.sub?.name ?? '']: 'Something Else' }]);
      expect(valueAt(at, (await scim.post(at.endpoint, body)).body)).toEqual(['Something Else']);
    },
  );
});

describe('multiValued', () => {
  const singular = written.filter(({ attribute, sub }) => !attribute.multiValued && sub === undefined);
  const plural = written.filter(({ attribute, sub }) => attribute.multiValued && sub === undefined);

  test.each(named(singular))('%s takes one value, not two', async (_name, at) => {
    const { base } = scim.running;
    const two = [sampleOf(at.attribute, base), sampleOf(at.attribute, base)];
    expectError(await scim.post(at.endpoint, bodyWith(at, two)), 400, 'invalidValue');
  });

  test.each(named(plural))('%s takes many values', async (_name, at) => {
    const { base } = scim.running;
    const many = Array.from({ length: 20 }, () => sampleOf(at.attribute, base)[0]).map(
      ({ primary: _, ...rest }) => rest,
    );
    const { status, body } = await scim.post(at.endpoint, bodyWith(at, many));
    expect(status).toBe(201);
    expect(valueAt(at, body)).toHaveLength(20);
    expect(valueAt(at, body)).toEqual(expect.arrayContaining(many.map(expected)));
  });
});
