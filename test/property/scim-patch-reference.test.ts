import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScimError } from '../../src/main/scim/error.ts';
import type { JsonObject, JsonValue } from '../../src/main/scim/json.ts';
import type { ResourceType } from '../../src/main/scim/schema/resource-type.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { create, groupType, patch, userType } from '../unit/scim/fixtures.ts';
import {
  casesOf,
  GROUP,
  groups,
  type Manner,
  type PatchCase,
  USER,
  users,
  type World,
} from './patch-cases.ts';
import { patchByTheBook, Refused, type Resource } from './reference-patch.ts';

function outcomeOf(run: () => JsonObject): JsonObject {
  try {
    return { attributes: run() };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.scimType };
    if (error instanceof ScimError) return { refused: error.scimType ?? error.status };
    throw error;
  }
}

function expectAgreement(
  type: ResourceType,
  world: World,
  manner: Manner,
  body: JsonObject,
  cases: readonly PatchCase[],
): void {
  const before = create(type, body);
  const operations = cases.map(({ operation }) => operation);
  const pristine = JSON.stringify(before);
  const wanted = outcomeOf(
    () =>
      patchByTheBook(
        { facts: world.facts, creates: manner === 'lenient' },
        before as Resource,
        cases.flatMap(({ changes }) => changes),
      ) as JsonObject,
  );
  let same: boolean | undefined;
  const found = outcomeOf(() => {
    const result = patch(type, before, operations, manner);
    same = result.attributes === before;
    expect(same).toBe(result.changed.length === 0);
    return result.attributes;
  });
  expect({ before, operations, ...found }).toEqual({ before, operations, ...wanted });
  expect(JSON.stringify(before)).toBe(pristine);
  // What doesn't change anything is seen not to, so that version and lastModified stay (§3.5.2.1).
  if (same !== undefined) expect(same).toBe(isEqual(before, wanted.attributes as JsonValue));
}

const isEqual = (a: JsonValue, b: JsonValue): boolean => {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return a === b;
  const [left, right] = [Object.entries(a), b as JsonObject] as const;
  return (
    left.length === Object.keys(b).length &&
    left.every(([name, value]) => Object.hasOwn(right, name) && isEqual(value, right[name] ?? null))
  );
};

describe.each(['lenient', 'rfc'] as const)(
  'PATCH under the %s profile does what the model does',
  (manner) => {
    test('to a user', () => {
      fc.assert(
        fc.property(users, casesOf(USER, manner), (body, cases) =>
          expectAgreement(userType, USER, manner, body, cases),
        ),
        { seed: 7644, numRuns: propertyRuns(6000) },
      );
    });

    test('to a group', () => {
      fc.assert(
        fc.property(groups, casesOf(GROUP, manner), (body, cases) =>
          expectAgreement(groupType, GROUP, manner, body, cases),
        ),
        { seed: 7644, numRuns: propertyRuns(4000) },
      );
    });
  },
);
