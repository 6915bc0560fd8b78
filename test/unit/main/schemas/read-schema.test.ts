import { describe, expect, test } from 'vitest';
import { readSchema } from '../../../../src/main/schemas/read-schema.ts';
import { createRegistry } from '../../../../src/main/scim/schema/registry.ts';

const URN = 'urn:acme:scim:schemas:2.0:User';
const OTHER = 'urn:acme:other:2.0:User';
const schemaOf = (...attributes: unknown[]) => ({ id: URN, attributes });
const read = (input: unknown, resourceType: 'User' | 'Group' = 'User') =>
  readSchema(input, resourceType, [OTHER]);
const problemsOf = (...attributes: unknown[]) => read(schemaOf(...attributes)).problems;

describe('what is accepted', () => {
  test('the least there can be, with the defaults of RFC 7643 §2.2', () => {
    expect(read(schemaOf({ name: 'tag' }))).toEqual({
      schema: {
        id: URN,
        name: 'schemas:2.0:User',
        description: '',
        attributes: [
          {
            name: 'tag',
            type: 'string',
            multiValued: false,
            description: '',
            required: false,
            caseExact: false,
            mutability: 'readWrite',
            returned: 'default',
            uniqueness: 'none',
          },
        ],
      },
      problems: [],
      notes: [],
    });
  });

  test('what another service provider publishes, `schemas` and `meta` included; nulls and empty lists mean nothing', () => {
    const { schema, problems, notes } = read({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      meta: { resourceType: 'Schema', location: 'https://other.example/Schemas/x' },
      id: URN,
      name: 'Acme',
      description: null,
      attributes: [
        {
          name: 'tag',
          type: 'string',
          canonicalValues: [],
          referenceTypes: [],
          subAttributes: [],
          description: null,
        },
        { name: 'site', type: 'reference', referenceTypes: ['external', 'external'] },
        { name: 'photo', type: 'binary' },
      ],
    });
    expect(problems).toEqual([]);
    expect(notes).toEqual([]);
    expect(schema?.attributes[0]).not.toHaveProperty('canonicalValues');
    // RFC 7643 §2.3.6 and §2.3.7: binaries and references are case exact.
    expect(schema?.attributes.map(({ caseExact }) => caseExact)).toEqual([false, true, true]);
    expect(schema?.attributes[1]?.referenceTypes).toEqual(['external']);
  });

  test('nothing but known keys comes in: what steers this service provider can’t be set from outside', () => {
    const { schema, notes } = read({
      ...schemaOf({ name: 'tag', aliases: ['userName'], computed: true, defaultValue: 'x' }),
      legacyIds: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    });
    expect(schema).not.toHaveProperty('legacyIds');
    expect(Object.keys(schema?.attributes[0] ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/aliases|computed|defaultValue/)]),
    );
    expect(notes.join()).toMatch(/tag: ignored.*aliases, computed, defaultValue/);
    expect(notes.join()).toContain('legacyIds');
  });

  test.each([
    'urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User',
    'urn:mace:acme.com:scim:ext-1',
    'URN:Acme:X',
    'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  ])('the URN %s', (id) => {
    expect(read({ id, attributes: [{ name: 'a' }] }).problems).toEqual([]);
  });

  test.each([
    ['a readOnly attribute', { name: 'a', mutability: 'readOnly' }, /stays empty/],
    ['a reference to nothing in particular', { name: 'a', type: 'reference' }, /"external" is assumed/],
    ['a name of the core schema', { name: 'Title' }, /A User has Title already/],
    ['a name of the enterprise extension', { name: 'department' }, /mean the standard one/],
  ])('%s, with a note', (_, attribute, note) => {
    const { schema, notes } = read(schemaOf(attribute));
    expect(schema).toBeDefined();
    expect(notes.join()).toMatch(note);
  });

  test('a core name of the other resource type needs no note', () => {
    expect(read(schemaOf({ name: 'userName' }), 'Group').notes).toEqual([]);
    expect(read(schemaOf({ name: 'members' }), 'Group').notes).toHaveLength(1);
  });

  test('its own definition, read again', () => {
    const first = read(schemaOf({ name: 'a', type: 'complex', subAttributes: [{ name: 'b' }] })).schema;
    expect(read(JSON.parse(JSON.stringify(first))).schema).toEqual(first);
  });
});

describe('URNs that are refused', () => {
  const standard = createRegistry().schemas.flatMap(({ id, legacyIds = [] }) => [id, ...legacyIds]);
  test.each(standard.flatMap((id) => [id, id.toUpperCase()]))('the standard one %s', (id) => {
    expect(read({ id, attributes: [{ name: 'a' }] }).problems).toHaveLength(1);
  });

  test.each([
    ['none', undefined, /id is missing/],
    ['a number', 7, /id is missing/],
    ['no URN', 'acme', /must be a URN/],
    ['a URL', 'https://acme.com/schemas', /must be a URN/],
    ['no namespace-specific part', 'urn:acme:', /must be a URN/],
    ['white space', 'urn:acme:my schema', /must be a URN/],
    ['a bracket', 'urn:acme:a[b', /must be a URN/],
    ['a quotation mark', 'urn:acme:a"b', /must be a URN/],
    ['a comma', 'urn:acme:a,b', /must be a URN/],
    ['a trailing colon', 'urn:acme:a:', /must be a URN/],
    ['a trailing dot', 'urn:acme:a.', /must be a URN/],
    ['too long', `urn:acme:${'a'.repeat(200)}`, /longer than 200/],
    ['reserved', 'urn:ietf:params:scim:schemas:core:2.0:Device', /belong to the SCIM standard/],
    ['a message', 'urn:ietf:params:scim:api:messages:2.0:PatchOp', /belong to the SCIM standard/],
    ['taken, in another case', OTHER.toUpperCase(), /is registered already/],
    ['below another', `${OTHER}:tag`, /couldn't be told apart/],
    ['above another', 'urn:acme:other:2.0', /couldn't be told apart/],
    [
      'below the enterprise extension',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:x',
      /told apart/,
    ],
  ])('%s', (_, id, sentence) => {
    const { schema, problems } = read({ id, attributes: [{ name: 'a' }] });
    expect(schema).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(sentence)]);
  });
});

describe('attributes that are refused', () => {
  const complex = (...subAttributes: unknown[]) => ({ name: 'c', type: 'complex', subAttributes });
  test.each([
    ['no name', {}, /attributes\[0\] has no name/],
    ['a digit first', { name: '1st' }, /must begin with a letter/],
    ['an underscore first', { name: '__proto__' }, /must begin with a letter/],
    ['a dot', { name: 'a.b' }, /must begin with a letter/],
    ['a space', { name: 'a b' }, /must begin with a letter/],
    ['another script', { name: 'größe' }, /must begin with a letter/],
    ['a name too long', { name: 'a'.repeat(65) }, /64 at most/],
    ['$ref at the top', { name: '$ref' }, /must begin with a letter/],
    ['id', { name: 'ID' }, /every resource has ID already/],
    ['schemas', { name: 'schemas' }, /every resource has/],
    ['meta', { name: 'Meta' }, /every resource has/],
    ['constructor', { name: 'constructor' }, /JavaScript keeps/],
    ['toString in any case', { name: 'TOSTRING' }, /JavaScript keeps/],
    ['hasOwnProperty inside a complex one', complex({ name: 'hasOwnProperty' }), /JavaScript keeps/],
    ['an unknown type', { name: 'a', type: 'text' }, /a: type must be string, .* or complex/],
    ['a type in another case', { name: 'a', type: 'String' }, /type must be/],
    ['an unknown mutability', { name: 'a', mutability: 'readwrite' }, /mutability must be/],
    ['an unknown returned', { name: 'a', returned: 'sometimes' }, /returned must be/],
    ['an unknown uniqueness', { name: 'a', uniqueness: true }, /uniqueness must be/],
    ['uniqueness that nobody enforces', { name: 'a', uniqueness: 'server' }, /not enforced for extensions/],
    ['global uniqueness', { name: 'a', uniqueness: 'global' }, /not enforced for extensions/],
    ['required', { name: 'a', required: true }, /Whoever is here already has no value/],
    ['a required sub-attribute', complex({ name: 'a', required: true }), /c\.a: required/],
    ['writeOnly', { name: 'a', mutability: 'writeOnly' }, /never stored/],
    ['never returned', { name: 'a', returned: 'never' }, /never stored/],
    ['a flag that is text', { name: 'a', multiValued: 'true' }, /multiValued must be true or false/],
    ['a caseExact that is text', { name: 'a', caseExact: 'no' }, /caseExact must be true or false/],
    ['a description that is no text', { name: 'a', description: 7 }, /description must be text/],
    ['a description too long', { name: 'a', description: 'x'.repeat(1001) }, /at most 1000/],
    ['a complex one without parts', { name: 'a', type: 'complex' }, /a\.subAttributes must be a list/],
    ['a complex one with no parts', complex(), /c\.subAttributes must be a list of at least one/],
    [
      'parts of a simple one',
      { name: 'a', subAttributes: [{ name: 'b' }] },
      /only an attribute of type complex/,
    ],
    [
      'a complex part',
      complex({ name: 'a', type: 'complex', subAttributes: [{ name: 'b' }] }),
      /c\.a: .*complex itself/,
    ],
    ['a multi-valued part', complex({ name: 'a', multiValued: true }), /holds one value/],
    ['a part twice', complex({ name: 'a' }, { name: 'A' }), /c\.A is there twice/],
    ['a $ref that is no reference', complex({ name: '$ref' }), /must be of type reference/],
    [
      '$ref to the outside beside value',
      complex({ name: 'value' }, { name: '$ref', type: 'reference', referenceTypes: ['external'] }),
      /must be User or Group/,
    ],
    [
      'an immutable part of several',
      { ...complex({ name: 'value', mutability: 'immutable' }), multiValued: true },
      /nothing can be immutable/,
    ],
    ['canonical values of a number', { name: 'a', type: 'integer', canonicalValues: ['1'] }, /type string/],
    ['canonical values that are no texts', { name: 'a', canonicalValues: [1] }, /list of at most/],
    ['canonical values twice', { name: 'a', canonicalValues: ['x', 'X'] }, /holds a value twice/],
    [
      'too many canonical values',
      { name: 'a', canonicalValues: Array.from({ length: 201 }, String) },
      /at most 200/,
    ],
    ['reference types of a string', { name: 'a', referenceTypes: ['User'] }, /type reference/],
    [
      'unknown reference types',
      { name: 'a', type: 'reference', referenceTypes: ['Device'] },
      /User, Group, external or uri/,
    ],
    ['an attribute that is no object', 'tag', /attributes\[0\] must be an object/],
  ])('%s', (_, attribute, sentence) => {
    const { schema, problems } = read(schemaOf(attribute));
    expect(schema).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(sentence)]);
  });

  test('the same name twice, in any case', () => {
    expect(problemsOf({ name: 'tag' }, { name: 'TAG' })).toEqual([
      expect.stringContaining('TAG is there twice'),
    ]);
  });

  test('more than there may be', () => {
    const many = (length: number) => Array.from({ length }, (_, index) => ({ name: `a${index}` }));
    expect(problemsOf(...many(100))).toEqual([]);
    expect(problemsOf(...many(101))).toEqual([expect.stringContaining('100 is the most')]);
    expect(problemsOf({ name: 'c', type: 'complex', subAttributes: many(51) })).toEqual([
      expect.stringContaining('50 is the most'),
    ]);
  });

  test('every problem is told, not the first alone', () => {
    expect(
      read({ attributes: [{ name: '1' }, { name: 'a', type: 'x', required: true }] }).problems,
    ).toHaveLength(4);
  });
});

test.each([
  ['nothing', undefined, /JSON object/],
  ['null', null, /JSON object/],
  ['a list', [schemaOf({ name: 'a' })], /JSON object/],
  ['text', '{}', /JSON object/],
  ['a whole answer of /Schemas', { Resources: [] }, /list of schemas/],
  ['no attributes', { id: URN }, /at least one attribute/],
  ['a name that is no text', { ...schemaOf({ name: 'a' }), name: 7 }, /name must be text/],
  ['a name over two lines', { ...schemaOf({ name: 'a' }), name: 'a\nb' }, /on one line/],
])('%s is no schema', (_, input, sentence) => {
  expect(read(input)).toMatchObject({ schema: undefined, problems: [expect.stringMatching(sentence)] });
});
