import fc from 'fast-check';
import { type ScimPatchOperation, scimPatch } from 'scim-patch';
import { expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/main/scim/json.ts';
import type { ResourceType } from '../../src/main/scim/schema/resource-type.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { create, ENTERPRISE, groupType, patch, userType } from '../unit/scim/fixtures.ts';

/**
 * Our PATCH against the npm package scim-patch 0.8.3, in the region in which it is right (protocol reference 5.2). It
 * knows no schema, and its filters are those of scim2-parse-filter. Left out, and why:
 * - null, "" and [] as values, `"False"`, bare strings for objects: it stores them as they are;
 * - names in another case, and unknown ones: it takes names as they are;
 * - upper case in filtered values, and filters with more than an equality: see differential-parse-filter.test.ts;
 * - `primary`: it does not take it from the others (RFC 7644 §3.5.2);
 * - path-less values for complex attributes and lists: it replaces a complex one instead of merging, and adds elements
 *   that are there already;
 * - `replace` of `emails[…]` as a whole: it merges where §3.5.2.3 says that the record is replaced;
 * - `emails.display`, a sub-attribute of all elements: it sets a property of the array itself;
 * - removing what a filter does not find, or from a list that is not there: it refuses, §3.5.2.2 does not;
 * - removal by a value list that names elements in part: it compares whole elements;
 * - `add` and `replace` of a member that is there with another `display`: it adds a second one;
 * - required, readOnly and immutable attributes: it removes and changes them.
 * Empty lists and objects that it leaves behind count as unassigned (RFC 7643 §2.5).
 */
const SEED = 7644;

interface Step {
  readonly operation: JsonObject;
  /** Whether the oracle is right about the operation on a resource such as this. */
  readonly applies: (resource: JsonObject) => boolean;
}

const word = fc.constantFrom('a', 'b', 'c d', 'e.f');
const type = fc.constantFrom('work', 'home', 'other');
const always = () => true;
const assigns = fc.constantFrom('add', 'replace');

const elementsOf = (resource: JsonObject, name: string): JsonObject[] =>
  (resource[name] ?? []) as JsonObject[];
const finds = (name: string, sub: string, wanted: string) => (resource: JsonObject) =>
  elementsOf(resource, name).some((element) => element[sub] === wanted);

/** Elements with the same value are the same, so that comparing wholes and comparing values come to the same. */
const email = fc.constantFrom<JsonObject>(
  { value: 'a', type: 'work' },
  { value: 'b', type: 'home', display: 'b' },
  { value: 'c d', type: 'work', display: 'c' },
  { value: 'e.f' },
);
const emails = fc.uniqueArray(email, { minLength: 1, maxLength: 3, selector: ({ value }) => value });

const path = (text: string, value?: JsonValue, op?: string): JsonObject => ({
  op: op ?? 'remove',
  path: text,
  ...(value === undefined ? {} : { value }),
});

/** What is listed for removal, or added, is there as a whole or not at all. */
const wholeOrAbsent = (name: string, listed: readonly JsonObject[]) => (resource: JsonObject) =>
  listed.every((each) =>
    elementsOf(resource, name).every(
      (element) => element.value !== each.value || JSON.stringify(element) === JSON.stringify(each),
    ),
  );

const singular = [
  'title',
  'externalId',
  'displayName',
  `${ENTERPRISE}:department`,
  'name.givenName',
  'name.familyName',
];
const userStep: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(assigns, fc.constantFrom(...singular, `${ENTERPRISE}:manager.value`), word)
    .map(([op, name, value]) => ({ operation: path(name, value, op), applies: always })),
  fc
    .tuple(assigns, fc.boolean())
    .map(([op, value]) => ({ operation: path('active', value, op), applies: always })),
  fc
    .constantFrom(...singular, 'name', 'emails', `${ENTERPRISE}:manager`)
    .map((name) => ({ operation: path(name), applies: always })),
  fc
    .tuple(assigns, fc.record({ givenName: word, familyName: word }, { requiredKeys: ['givenName'] }))
    .map(([op, value]) => ({ operation: path('name', { ...value } as JsonObject, op), applies: always })),
  fc
    .tuple(assigns, fc.dictionary(fc.constantFrom(...singular), word, { minKeys: 1, maxKeys: 3 }))
    .map(([op, value]) => ({ operation: { op, value: { ...value } as JsonObject }, applies: always })),
  fc.tuple(assigns, emails).map(([op, value]) => ({
    operation: path('emails', value, op),
    applies: wholeOrAbsent('emails', value),
  })),
  emails.map((value) => ({
    operation: path('emails', value),
    applies: (resource: JsonObject) =>
      resource.emails !== undefined && wholeOrAbsent('emails', value)(resource),
  })),
  // Also without such an e-mail: then both create it.
  fc.tuple(assigns, type, fc.constantFrom('value', 'display'), word).map(([op, wanted, sub, value]) => ({
    operation: path(`emails[type eq "${wanted}"].${sub}`, value, op),
    applies: always,
  })),
  fc.tuple(word, word).map(([wanted, value]) => ({
    operation: path(`emails[value eq "${wanted}"]`, { display: value }, 'add'),
    applies: finds('emails', 'value', wanted),
  })),
  fc.tuple(fc.constantFrom('type', 'value'), fc.oneof(type, word)).map(([sub, wanted]) => ({
    operation: path(`emails[${sub} eq "${wanted}"]`),
    applies: (resource: JsonObject) => resource.emails !== undefined,
  })),
  fc.tuple(type, fc.constantFrom('display', 'type')).map(([wanted, sub]) => ({
    operation: path(`emails[type eq "${wanted}"].${sub}`),
    applies: (resource: JsonObject) =>
      finds('emails', 'type', wanted)(resource) && elementsOf(resource, 'emails').every(({ value }) => value),
  })),
);

const member = fc.constantFrom('a', 'b', 'c', 'd');
const members = fc
  .uniqueArray(member, { minLength: 1, maxLength: 3 })
  .map((ids) => ids.map((value) => ({ value })));
const groupStep: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(assigns, members)
    .map(([op, value]) => ({ operation: path('members', value, op), applies: always })),
  members.map((value) => ({
    operation: path('members', value),
    applies: ({ members: present }: JsonObject) => present !== undefined,
  })),
  member.map((id) => ({
    operation: path(`members[value eq "${id}"]`),
    applies: ({ members: present }: JsonObject) => present !== undefined,
  })),
  fc.constant<Step>({ operation: path('members'), applies: always }),
  fc.tuple(assigns, word).map(([op, value]) => ({
    operation: { op, value: { displayName: value, externalId: value } },
    applies: always,
  })),
);

/** Without what both call unassigned. */
function assigned(value: JsonValue): JsonValue | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, part]) => {
    const kept = assigned(part);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function expectAgreement(resourceType: ResourceType, body: JsonObject, steps: readonly Step[]): void {
  let resource = create(resourceType, body);
  for (const { operation, applies } of steps) {
    if (!applies(resource)) continue;
    const before = structuredClone(resource);
    const theirs = scimPatch(structuredClone(resource) as never, [
      operation as unknown as ScimPatchOperation,
    ]);
    resource = patch(resourceType, resource, [operation]).attributes;
    expect({ before, operation, after: resource }).toEqual({
      before,
      operation,
      after: assigned(theirs as unknown as JsonObject),
    });
  }
}

test('a user patched by scim-patch is the same', () => {
  const user = fc.record(
    {
      title: word,
      name: fc.record({ givenName: word }),
      emails,
      [ENTERPRISE]: fc.record({ department: word }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(user, fc.array(userStep, { minLength: 1, maxLength: 8, size: 'max' }), (given, steps) =>
      expectAgreement(userType, { userName: 'u', ...(given as JsonObject) }, steps),
    ),
    { seed: SEED, numRuns: propertyRuns(2000) },
  );
});

test('a group patched by scim-patch is the same', () => {
  fc.assert(
    fc.property(members, fc.array(groupStep, { minLength: 1, maxLength: 8, size: 'max' }), (present, steps) =>
      expectAgreement(groupType, { displayName: 'g', members: present }, steps),
    ),
    { seed: SEED, numRuns: propertyRuns(2000) },
  );
});
