import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBulkRequest } from '../../src/main/scim/bulk/request.ts';
import { bulkSteps } from '../../src/main/scim/bulk/steps.ts';
import { ScimError } from '../../src/main/scim/error.ts';
import type { JsonObject, JsonValue } from '../../src/main/scim/json.ts';
import { readListQuery, readSearchRequest } from '../../src/main/scim/list-query.ts';
import { applyPatch } from '../../src/main/scim/patch/apply.ts';
import { type MembershipChange, splitMembership } from '../../src/main/scim/patch/membership.ts';
import { readPatch } from '../../src/main/scim/patch/read.ts';
import { PROFILE_NAMES, rulesOf, tolerateLeniently } from '../../src/main/scim/profile.ts';
import { projector } from '../../src/main/scim/projection.ts';
import { type Attributes, represent } from '../../src/main/scim/resource.ts';
import { createRegistry } from '../../src/main/scim/schema/registry.ts';
import { readResource } from '../../src/main/scim/validate.ts';
import { propertyRuns } from '../support/property-runs.ts';

const SEED = { seed: 7643, numRuns: propertyRuns(2000) };
const registry = createRegistry();
const { userType, groupType } = registry;
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const names = [
  'userName',
  'USERNAME',
  'displayName',
  'title',
  'active',
  'name',
  'name.givenName',
  'emails',
  'emails.value',
  'emails[type eq "work"]',
  'emails[type eq "work"].value',
  'emails[primary eq true].type',
  'roles',
  'addresses[type eq "home"].country',
  'members',
  'members[value eq "a"]',
  'members[value eq "a"].display',
  'manager',
  'manager.value',
  'manager.$ref',
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}.manager`,
  ENTERPRISE,
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'id',
  'meta',
  'schemas',
  'externalId',
  'password',
  'groups',
  '__proto__',
  'constructor',
  'prototype',
  '__proto__.polluted',
  'constructor.prototype.polluted',
  'nope',
  '',
  '[',
  'a b',
  'hasOwnProperty',
];
const key = fc.oneof(
  fc.constantFrom(...names, 'value', 'type', 'primary', 'display', '$ref', 'op', 'path', 'Operations'),
  fc.string({ maxLength: 4 }),
);
const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom('a', 'b', 'work', 'True', 'false', '', 'Users/a', 'bulkId:x'),
  fc.string({ maxLength: 5, unit: 'binary' }),
  fc.integer({ min: -5, max: 5 }),
  fc.boolean(),
  fc.constant(null),
);
const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('json'), { maxLength: 3 }),
    // Through JSON text, as a body comes, so that __proto__ is an own property and not a prototype.
    fc
      .array(fc.tuple(key, tie('json')), { maxLength: 4 })
      .map(
        (entries) =>
          JSON.parse(
            `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`,
          ) as JsonObject,
      ),
  ),
}));

const operation = fc.record(
  {
    op: fc.constantFrom('add', 'replace', 'remove', 'Add', 'Replace', 'Remove', 'REMOVE', 'x'),
    path: fc.constantFrom<JsonValue>(...names, null),
    value: json,
  },
  { requiredKeys: ['op'] },
);
const attributes: Attributes = {
  userName: 'u',
  displayName: 'D',
  active: true,
  name: { givenName: 'G' },
  emails: [
    { value: 'a', type: 'work', primary: true },
    { value: 'b', type: 'home' },
  ],
  members: [{ value: 'a' }, { value: 'b', display: 'B' }],
  [ENTERPRISE]: { department: 'D', manager: { value: 'm' } },
};

/** Runs what may refuse its input, but only as a ScimError with a status below 500. */
function unlessRefused<Result>(run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    expect(error).toBeInstanceOf(ScimError);
    expect((error as ScimError).status).toBeGreaterThanOrEqual(400);
    expect((error as ScimError).status).toBeLessThan(500);
    return undefined;
  }
}

const pristine = Object.getOwnPropertyNames(Object.prototype).sort();
const expectNoPollution = () => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(pristine);
  expect(({} as JsonObject).polluted).toBeUndefined();
};

/** No key that reaches a prototype anywhere in what is stored. */
const expectCleanKeys = (value: JsonValue): void => {
  if (value === null || typeof value !== 'object') return;
  for (const name of Object.keys(value))
    expect(['__proto__', 'constructor', 'prototype']).not.toContain(name);
  if (!Array.isArray(value)) expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  Object.values(value).forEach(expectCleanKeys);
};

describe.each([userType, groupType])('PATCH of a $name', (type) => {
  const before = JSON.stringify(attributes);

  test('never changes its input, never pollutes, refuses with 4xx, changed is the truth', () => {
    fc.assert(
      fc.property(
        fc.array(operation, { maxLength: 4 }),
        fc.constantFrom(...PROFILE_NAMES),
        (operations, profile) => {
          const result = unlessRefused(() => {
            const { operations: read } = readPatch(type, { Operations: operations as JsonValue[] });
            return applyPatch(type, attributes, read, (rule) => rulesOf(profile).has(rule));
          });
          expect(JSON.stringify(attributes)).toBe(before);
          expectNoPollution();
          if (result === undefined) return;
          expectCleanKeys(result.attributes);
          expect(result.changed.length === 0).toBe(result.attributes === attributes);
          expect(result.attributes).not.toHaveProperty('password');
          expect(result.attributes).not.toHaveProperty('id');
          const primaries = ((result.attributes.emails ?? []) as JsonObject[]).filter(
            ({ primary }) => primary === true,
          );
          expect(primaries.length).toBeLessThanOrEqual(1);
        },
      ),
      SEED,
    );
  });

  test('the same replacements again change nothing', () => {
    const replacements = fc.array(
      fc.record({ op: fc.constant('replace'), path: fc.constantFrom(...names), value: json }),
      { maxLength: 1 },
    );
    fc.assert(
      fc.property(replacements, (operations) => {
        const apply = (to: Attributes) =>
          applyPatch(
            type,
            to,
            readPatch(type, { Operations: operations as JsonValue[] }).operations,
            tolerateLeniently,
          );
        const once = unlessRefused(() => apply(attributes));
        if (once !== undefined) expect(apply(once.attributes).changed).toEqual([]);
      }),
      SEED,
    );
  });
});

test('membership changes come to the same as applyPatch', () => {
  const member = fc.constantFrom('a', 'b', 'c', 'd');
  const list = fc.array(
    member.map((value) => ({ value })),
    { maxLength: 3 },
  );
  const change = fc.oneof(
    fc.record({ op: fc.constantFrom('add', 'replace', 'remove'), path: fc.constant('members'), value: list }),
    fc.array(member, { minLength: 1, maxLength: 3 }).map((ids) => ({
      op: 'remove',
      path: `members[${ids.map((id) => `value eq "${id}"`).join(' or ')}]`,
    })),
    fc.constant({ op: 'remove', path: 'members' }),
  );
  const carryOut = (ids: ReadonlySet<string>, step: MembershipChange): Set<string> => {
    if (step.kind === 'clear') return new Set();
    if (step.kind === 'remove') return new Set([...ids].filter((id) => !step.values.includes(id)));
    return new Set([...(step.kind === 'add' ? ids : []), ...step.members.map(({ value }) => value)]);
  };
  fc.assert(
    fc.property(list, fc.array(change, { maxLength: 5 }), (initial, operations) => {
      const group = readResource(
        groupType,
        { displayName: 'G', members: initial },
        { mode: 'create' },
      ).attributes;
      const { operations: read } = readPatch(groupType, { Operations: operations });
      const { membership } = splitMembership(read);
      if (membership === 'needs-members') throw new Error('these never need members');
      const split = membership.reduce<ReadonlySet<string>>(
        carryOut,
        new Set(initial.map(({ value }) => value)),
      );
      const applied = applyPatch(groupType, group, read, tolerateLeniently).attributes.members ?? [];
      expect([...split].sort()).toEqual((applied as JsonObject[]).map(({ value }) => value).sort());
    }),
    SEED,
  );
});

describe('any body at all', () => {
  const envelope = {
    id: '1',
    created: '2026-01-01T00:00:00Z',
    lastModified: '2026-01-01T00:00:00Z',
    version: 1,
    base: 'https://x',
  };

  test.each([userType, groupType])(
    'is a $name or refused; what is stored can be read again to the same',
    (type) => {
      const required = { userName: 'u', displayName: 'D' };
      fc.assert(
        fc.property(json, (body) => {
          const given =
            typeof body === 'object' && body !== null && !Array.isArray(body)
              ? { ...required, ...body }
              : body;
          const read = unlessRefused(() => readResource(type, given, { mode: 'create' }));
          expectNoPollution();
          if (read === undefined) return;
          expectCleanKeys(read.attributes);
          const representation = represent(type, read.attributes, envelope);
          const again = readResource(type, representation, { mode: 'replace', current: read.attributes });
          expect(represent(type, again.attributes, envelope)).toEqual(representation);
          const reduce = projector(type, { mode: 'only', names: Object.keys(representation) });
          expect(reduce(representation)).toEqual(representation);
        }),
        SEED,
      );
    },
  );

  test('is a PATCH, a search, a bulk request or refused', () => {
    fc.assert(
      fc.property(json, (body) => {
        unlessRefused(() => readPatch(userType, body));
        unlessRefused(() => readSearchRequest(body));
        const request = unlessRefused(() => readBulkRequest(registry, body, { maxOperations: 10 }));
        if (request === undefined) return;
        const steps = bulkSteps(request, 'https://x');
        for (let step = steps.next(), id = 0; !step.done; id++)
          step = steps.next({ status: 201, id: `${id}` });
      }),
      SEED,
    );
  });

  test('query parameters are read or refused', () => {
    const parameter = fc.tuple(
      fc.constantFrom(
        'filter',
        'count',
        'startIndex',
        'sortOrder',
        'attributes',
        'excludedAttributes',
        'cursor',
        '__proto__',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(parameter, { maxLength: 5 }), (parameters) => {
        unlessRefused(() => readListQuery(parameters));
        expectNoPollution();
      }),
      SEED,
    );
  });
});
