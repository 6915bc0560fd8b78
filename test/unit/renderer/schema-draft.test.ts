import { describe, expect, it } from 'vitest';
import {
  definitionOf,
  definitionOfSchema,
  draftOf,
  EMPTY_DRAFT,
  newAttribute,
  readDefinition,
  suggestUrn,
  withType,
} from '../../../src/renderer/src/features/schemas/schema-draft.ts';
import type { Schema } from '../../../src/shared/contract/schemas.ts';

describe('suggestUrn', () => {
  it.each([
    ['Acme HR', 'User', 'urn:ietf:params:scim:schemas:extension:AcmeHR:2.0:User'],
    ['Größe & Co.', 'Group', 'urn:ietf:params:scim:schemas:extension:GroeCo:2.0:Group'],
    ['  ', 'User', ''],
    ['日本', 'User', ''],
  ] as const)('%s for a %s', (name, type, urn) => {
    expect(suggestUrn(name, type)).toBe(urn);
  });
});

describe('the form', () => {
  it('stands for a definition; rows without a name and what is preset are left out', () => {
    const draft = {
      ...EMPTY_DRAFT,
      name: ' Acme ',
      attributes: [
        { ...newAttribute(0), name: ' badge ' },
        newAttribute(1),
        { ...newAttribute(2), name: 'floors', type: 'integer' as const, multiValued: true },
      ],
    };
    expect(definitionOf(draft, 'User')).toEqual({
      id: 'urn:ietf:params:scim:schemas:extension:Acme:2.0:User',
      name: 'Acme',
      attributes: [
        { name: 'badge', type: 'string' },
        { name: 'floors', type: 'integer', multiValued: true },
      ],
    });
    expect(definitionOf({ ...draft, urn: ' urn:acme:x ' }, 'User').id).toBe('urn:acme:x');
  });

  it('keeps what it doesn’t show, and loses nothing on the way through JSON', () => {
    const definition = {
      id: 'urn:acme:x',
      name: 'Acme',
      description: 'd',
      attributes: [
        { name: 'level', type: 'string', caseExact: true, canonicalValues: ['a'], returned: 'request' },
        { name: 'desk', type: 'complex', subAttributes: [{ name: 'room', type: 'string' }] },
      ],
    };
    const draft = draftOf(definition);
    expect(draft && definitionOf(draft, 'User')).toEqual(definition);
  });

  it('drops with a type what only that type could have', () => {
    const [level] =
      draftOf({ id: 'urn:a:b', attributes: [{ name: 'l', canonicalValues: ['a'], returned: 'request' }] })
        ?.attributes ?? [];
    if (level === undefined) throw new Error('no row');
    expect(withType(level, 'string').others).toEqual({ canonicalValues: ['a'], returned: 'request' });
    expect(withType(level, 'integer').others).toEqual({ returned: 'request' });
  });

  it.each([
    [{}],
    [{ id: 7, attributes: [] }],
    [{ id: 'urn:a:b', attributes: [null] }],
    [{ id: 'urn:a:b', attributes: [{}] }],
    [{ id: 'urn:a:b', attributes: [{ name: 'a', type: 'text' }] }],
    [{ id: 'urn:a:b', attributes: [{ name: 'a', multiValued: 'yes' }] }],
  ])('doesn’t pretend to show %j', (definition) => {
    expect(draftOf(definition)).toBeUndefined();
  });
});

it('a registered schema becomes the definition it was registered by', () => {
  const preset = {
    multiValued: false,
    description: '',
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
  } as const;
  const schema: Schema = {
    id: 'urn:acme:x',
    name: 'Acme',
    description: '',
    resourceType: 'User',
    kind: 'custom',
    registeredAt: '',
    registeredBy: '',
    attributes: [
      { ...preset, name: 'badge', type: 'string', mutability: 'immutable', caseExact: true },
      { ...preset, name: 'site', type: 'reference', caseExact: true, referenceTypes: ['external'] },
      {
        ...preset,
        name: 'desks',
        type: 'complex',
        multiValued: true,
        subAttributes: [{ ...preset, name: 'room', type: 'string' }],
      },
    ],
  };
  expect(definitionOfSchema(schema)).toEqual({
    id: 'urn:acme:x',
    name: 'Acme',
    attributes: [
      { name: 'badge', type: 'string', mutability: 'immutable', caseExact: true },
      { name: 'site', type: 'reference', referenceTypes: ['external'] },
      {
        name: 'desks',
        type: 'complex',
        multiValued: true,
        subAttributes: [{ name: 'room', type: 'string' }],
      },
    ],
  });
});

describe('readDefinition', () => {
  it.each([
    ['', null, null],
    [' \n ', null, null],
    ['\uFEFF{"id":"x"}', { id: 'x' }, null],
    ['{', null, /^This is no JSON: .*\.$/],
    ['[]', null, /one JSON object/],
    ['null', null, /one JSON object/],
    ['"x"', null, /one JSON object/],
  ])('%j', (text, definition, problem) => {
    const read = readDefinition(text);
    expect(read.definition).toEqual(definition);
    if (problem === null) expect(read.problem).toBeNull();
    else expect(read.problem).toMatch(problem);
  });
});
