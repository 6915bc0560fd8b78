import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ScimError } from '../../src/main/scim/error.ts';
import type { JsonObject } from '../../src/main/scim/json.ts';
import type { ResourceType } from '../../src/main/scim/schema/resource-type.ts';
import { openPlanes, type Planes } from '../support/planes.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { casesOf, GROUP, groups, type PatchCase, USER, users, type World } from './patch-cases.ts';
import { patchByTheBook, Refused, type Resource } from './reference-patch.ts';

let planes: Planes;
let created = 0;
beforeAll(async () => {
  planes = await openPlanes();
});
afterAll(() => planes.close());

/** What a client reads: the attributes that the model knows, members in a fixed order, and the metadata. */
function read(type: ResourceType, id: string): { attributes: Resource; meta: JsonObject; text: string } {
  const { text } = planes.directory.read(type, id, planes.context);
  const { meta, schemas: _schemas, id: _id, ...rest } = JSON.parse(text) as JsonObject;
  const { members, groups: _groups, ...attributes } = rest as { members?: JsonObject[] } & Resource;
  const plain = (members ?? []).map(({ value, display }) => ({
    value,
    ...(display !== undefined && { display }),
  }));
  if (plain.length > 0) attributes.members = sorted(plain as Resource[]);
  return { attributes: withoutReferences(attributes), meta: meta as JsonObject, text };
}

/** `$ref` is made from `value`, and no part of what is patched. */
const withoutReferences = (attributes: Resource): Resource =>
  JSON.parse(JSON.stringify(attributes), function (this: unknown, name: string, value: unknown) {
    return name === '$ref' ? undefined : value;
  }) as Resource;

const sorted = (members: Resource[]): Resource[] =>
  [...members].sort((a, b) => (String(a.value) < String(b.value) ? -1 : 1));

function byTheBook({ facts }: World, before: Resource, cases: readonly PatchCase[]): Resource | string {
  try {
    const after = patchByTheBook(
      { facts, creates: true },
      before,
      cases.flatMap(({ changes }) => changes),
    );
    if (Array.isArray(after.members)) after.members = sorted(after.members as Resource[]);
    return after;
  } catch (error) {
    if (error instanceof Refused) return error.scimType;
    throw error;
  }
}

async function patchStored(
  type: ResourceType,
  id: string,
  cases: readonly PatchCase[],
): Promise<string | undefined> {
  const body = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: cases.map(({ operation }) => operation),
  };
  try {
    await planes.directory.patch(type, id, body, planes.context);
    return undefined;
  } catch (error) {
    if (error instanceof ScimError) return error.scimType;
    throw error;
  }
}

describe('PATCH of what is stored: all or nothing, and a new version only for a change', () => {
  const agree = (
    choose: () => ResourceType,
    world: World,
    bodies: fc.Arbitrary<JsonObject>,
    naming: string,
  ) =>
    fc.assert(
      fc.asyncProperty(
        bodies,
        fc.array(casesOf(world, 'lenient'), { minLength: 1, maxLength: 3 }),
        async (body, requests) => {
          const type = choose();
          // The unique name is its own each time, and stays: uniqueness is tested elsewhere.
          const named = { ...body, [naming]: `resource ${created++}` };
          const { id } = await planes.directory.create(type, named, planes.context);
          for (const request of requests) {
            const cases = request.filter(({ changes }) => !changes.some(({ place }) => place === naming));
            if (cases.length === 0) continue;
            const before = read(type, id);
            const wanted = byTheBook(world, before.attributes, cases);
            const refused = await patchStored(type, id, cases);
            const after = read(type, id);
            const operations = cases.map(({ operation }) => operation);
            if (typeof wanted === 'string') {
              expect({ operations, refused }).toEqual({ operations, refused: wanted });
              expect(after.text).toBe(before.text);
              continue;
            }
            expect({ operations, refused, after: after.attributes }).toEqual({
              operations,
              refused: undefined,
              after: wanted,
            });
            const isChanged = !isSame(wanted, before.attributes);
            // Members that leave and come back within one request: a new version, or none, is both the truth.
            const isUndecided =
              type === planes.registry.groupType &&
              !isChanged &&
              cases.some(
                (_, i) => !isSame(byTheBook(world, before.attributes, cases.slice(0, i + 1)), wanted),
              );
            if (isUndecided) continue;
            expect({ operations, changed: after.meta.version !== before.meta.version }).toEqual({
              operations,
              changed: isChanged,
            });
            if (!isChanged) expect(after.text).toBe(before.text);
          }
        },
      ),
      { seed: 7644, numRuns: propertyRuns(400) },
    );

  test('a user', () => agree(() => planes.registry.userType, USER, users, 'userName'));
  test('a group', () => agree(() => planes.registry.groupType, GROUP, groups, 'displayName'));
});

const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(sortedKeys(a)) === JSON.stringify(sortedKeys(b));

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, sortedKeys(part)]),
  );
}
