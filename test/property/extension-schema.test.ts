import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSchema } from '../../src/main/schemas/read-schema.ts';
import { schemaById } from '../../src/main/scim/discovery.ts';
import type { JsonObject, JsonValue } from '../../src/main/scim/json.ts';
import { type Envelope, represent } from '../../src/main/scim/resource.ts';
import type { AttributeDefinition } from '../../src/main/scim/schema/definition.ts';
import { createRegistry } from '../../src/main/scim/schema/registry.ts';
import { readResource } from '../../src/main/scim/validate.ts';
import { propertyRuns } from '../support/property-runs.ts';

const SEED = 7643;
const URN = 'urn:acme:property:2.0:User';

const word = (...words: string[]) => fc.constantFrom(...words, 'other', '');
const name = fc.oneof(
  fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,8}$/),
  fc.constantFrom('value', '$ref', 'id', 'constructor', '__proto__', 'userName', 'primary', 'x y'),
);
const characteristics = {
  name,
  type: word('string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary', 'complex'),
  multiValued: fc.boolean(),
  caseExact: fc.boolean(),
  mutability: word('readWrite', 'readOnly', 'immutable', 'writeOnly'),
  returned: word('default', 'always', 'request', 'never'),
  uniqueness: word('none', 'server'),
  canonicalValues: fc.array(fc.string(), { maxLength: 2 }),
  referenceTypes: fc.array(word('User', 'external'), { maxLength: 2 }),
};
const optional = { requiredKeys: ['name'] as ['name'] };
const attribute = fc.record(
  {
    ...characteristics,
    subAttributes: fc.array(fc.record(characteristics, optional), { maxLength: 4 }),
  },
  optional,
);
const definition = fc.record({
  id: fc.constant(URN),
  attributes: fc.array(attribute, { minLength: 1, maxLength: 3 }),
});

const SIMPLE = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'] as const;
const soundName = fc.oneof(
  fc.stringMatching(/^[a-z][a-zA-Z0-9_-]{0,8}$/),
  fc.constantFrom('value', 'primary', 'title'),
);
const soundPart = fc
  .record({
    name: soundName,
    type: fc.constantFrom(...SIMPLE),
    mutability: fc.constantFrom('readWrite', 'readOnly'),
  })
  .map((part) => (part.type === 'reference' ? { ...part, referenceTypes: ['User'] } : part));
/** Mostly right, so that much of it is accepted; the names may still clash. */
const soundDefinition = fc.record({
  id: fc.constant(URN),
  attributes: fc.array(
    fc
      .record({
        name: soundName,
        type: fc.constantFrom(...SIMPLE, 'complex' as const),
        multiValued: fc.boolean(),
        mutability: fc.constantFrom('readWrite', 'readWrite', 'immutable', 'readOnly'),
        returned: fc.constantFrom('default', 'always', 'request'),
        parts: fc.array(soundPart, { minLength: 1, maxLength: 4 }),
      })
      .map(({ parts, ...attribute }) =>
        attribute.type === 'complex' ? { ...attribute, subAttributes: parts } : attribute,
      ),
    { minLength: 1, maxLength: 4 },
  ),
});

/** A value that the attribute takes. */
function exampleOf(attribute: AttributeDefinition): JsonValue {
  const { type, canonicalValues, subAttributes = [] } = attribute;
  const one = (): JsonValue => {
    switch (type) {
      case 'boolean':
        return true;
      case 'integer':
        return 7;
      case 'decimal':
        return 7.5;
      case 'dateTime':
        return '2026-01-02T03:04:05Z';
      case 'complex':
        return Object.fromEntries(
          subAttributes.filter(({ name }) => name !== '$ref').map((sub) => [sub.name, exampleOf(sub)]),
        );
      default:
        return canonicalValues?.[0] ?? 'some text';
    }
  };
  return attribute.multiValued ? [one()] : one();
}

const envelope: Envelope = {
  id: '1',
  created: '',
  lastModified: '',
  version: 1,
  base: 'https://rollcall.example/scim/v2/acme',
};

describe('a schema that an administrator registers', () => {
  test('is read or refused with sentences, whatever it is; reading never fails', () => {
    fc.assert(
      fc.property(fc.oneof(definition, fc.jsonValue(), fc.object()), (input) => {
        const { schema, problems } = readSchema(input, 'User', []);
        expect(schema === undefined).toBe(problems.length > 0);
        for (const problem of problems) expect(problem).toMatch(/\.$/s);
      }),
      { seed: SEED, numRuns: propertyRuns(2000) },
    );
  });

  test('and was accepted, is published whole, and takes a value for every attribute that can be written', () => {
    let accepted = 0;
    fc.assert(
      fc.property(soundDefinition, (input) => {
        const { schema } = readSchema(input, 'User', []);
        if (schema === undefined) return;
        accepted += 1;
        expect(readSchema(JSON.parse(JSON.stringify(schema)), 'User', []).schema).toEqual(schema);
        const registry = createRegistry([{ resourceType: 'User', schema }]);
        expect(schemaById(registry, URN.toUpperCase(), '')).toMatchObject({ id: URN });

        const given = Object.fromEntries(schema.attributes.map((each) => [each.name, exampleOf(each)]));
        const { attributes } = readResource(
          registry.userType,
          { userName: 'ann', [URN]: given },
          { mode: 'create' },
        );
        const shown = represent(registry.userType, attributes, envelope)[URN] as JsonObject | undefined;
        const writable = schema.attributes
          .filter(({ mutability }) => mutability !== 'readOnly')
          .filter((each) => each.type !== 'complex' || Object.keys(firstOf(given[each.name])).length > 0)
          .filter(
            (each) =>
              each.subAttributes?.some((sub) => sub.mutability !== 'readOnly' && sub.name !== '$ref') ?? true,
          )
          .map((each) => each.name);
        expect(Object.keys(shown ?? {})).toEqual(writable);
      }),
      { seed: SEED, numRuns: propertyRuns(1000) },
    );
    // A generator that makes nothing acceptable would prove nothing.
    expect(accepted).toBeGreaterThan(propertyRuns(400));
  });
});

function firstOf(value: JsonValue | undefined): JsonObject {
  return (Array.isArray(value) ? value[0] : value) as JsonObject;
}
