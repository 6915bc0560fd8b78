import { describe, expect, test } from 'vitest';
import {
  holds,
  type Loss,
  lossesOf,
  nameOfLoss,
  withoutLoss,
} from '../../../../src/main/schemas/lost-values.ts';
import type { JsonObject } from '../../../../src/main/scim/json.ts';
import { attribute, type SchemaDefinition } from '../../../../src/main/scim/schema/definition.ts';

const schema = (...attributes: SchemaDefinition['attributes']): SchemaDefinition => ({
  id: 'urn:acme:x',
  name: 'x',
  description: '',
  attributes,
});
const complex = (names: string[], multiValued = false) =>
  attribute('desk', '', {
    type: 'complex',
    multiValued,
    subAttributes: names.map((name) => attribute(name, '')),
  });
const names = (before: SchemaDefinition, after: SchemaDefinition) => lossesOf(before, after).map(nameOfLoss);

describe('what a change of schema loses', () => {
  const before = schema(attribute('tag', ''), complex(['room', 'seat']));

  test('nothing, when it adds, describes or narrows', () => {
    const after = schema(
      attribute('tag', 'Described.', {
        canonicalValues: ['a'],
        caseExact: true,
        returned: 'request',
        mutability: 'immutable',
      }),
      complex(['room', 'seat', 'floor']),
      attribute('more', ''),
    );
    expect(names(before, after)).toEqual([]);
  });

  test.each([
    ['an attribute that is gone', schema(complex(['room', 'seat'])), ['tag']],
    ['one spelled otherwise', schema(attribute('Tag', ''), complex(['room', 'seat'])), ['tag']],
    [
      'one of another type',
      schema(attribute('tag', '', { type: 'integer' }), complex(['room', 'seat'])),
      ['tag'],
    ],
    [
      'one of several values now',
      schema(attribute('tag', '', { multiValued: true }), complex(['room', 'seat'])),
      ['tag'],
    ],
    ['a part that is gone', schema(attribute('tag', ''), complex(['room'])), ['desk.seat']],
    ['a whole with its parts', schema(attribute('tag', '')), ['desk']],
  ])('%s', (_, after, lost) => {
    expect(names(before, after)).toEqual(lost);
  });
});

describe('a resource’s values', () => {
  const whole = { attribute: 'desk', subAttribute: undefined };
  const part = { attribute: 'desk', subAttribute: 'seat' };

  test('hold it or not', () => {
    expect(holds({ desk: { room: 'A' } }, whole)).toBe(true);
    expect(holds({ desk: { room: 'A' } }, part)).toBe(false);
    expect(holds({ desk: { seat: false } }, part)).toBe(true);
    expect(holds({ desk: [{ room: 'A' }, { seat: 1 }] }, part)).toBe(true);
    expect(holds({ tag: 'x' }, whole)).toBe(false);
    expect(holds({}, { attribute: 'constructor', subAttribute: undefined })).toBe(false);
  });

  test.each([
    [{ tag: 'x', desk: { room: 'A' } }, whole, { tag: 'x' }],
    [{ desk: { room: 'A' } }, whole, undefined],
    [{ desk: { room: 'A', seat: 1 } }, part, { desk: { room: 'A' } }],
    [{ tag: 'x', desk: { seat: 1 } }, part, { tag: 'x' }],
    [{ desk: [{ seat: 1 }, { room: 'A', seat: 2 }] }, part, { desk: [{ room: 'A' }] }],
    [{ desk: [{ seat: 1 }] }, part, undefined],
  ] as [JsonObject, Loss, JsonObject | undefined][])('%j without it', (values, loss, left) => {
    expect(withoutLoss(values, loss)).toEqual(left);
  });

  test('that hold none of it come back themselves', () => {
    const values = { tag: 'x' };
    expect(withoutLoss(values, whole)).toBe(values);
  });
});
