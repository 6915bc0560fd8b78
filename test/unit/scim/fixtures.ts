import { expect } from 'vitest';
import { ScimError } from '../../../src/main/scim/error.ts';
import { predicate } from '../../../src/main/scim/filter/evaluate.ts';
import { parseFilter } from '../../../src/main/scim/filter/parser.ts';
import { resolveFilter } from '../../../src/main/scim/filter/resolve.ts';
import type { JsonObject, JsonValue } from '../../../src/main/scim/json.ts';
import { applyPatch, type PatchResult } from '../../../src/main/scim/patch/apply.ts';
import { readPatch } from '../../../src/main/scim/patch/read.ts';
import { type ProfileName, rulesOf } from '../../../src/main/scim/profile.ts';
import type { Attributes } from '../../../src/main/scim/resource.ts';
import type { Rule } from '../../../src/main/scim/rules.ts';
import { attribute } from '../../../src/main/scim/schema/definition.ts';
import { createRegistry } from '../../../src/main/scim/schema/registry.ts';
import type { ResourceType } from '../../../src/main/scim/schema/resource-type.ts';
import { readResource } from '../../../src/main/scim/validate.ts';

export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const BADGE = 'urn:example:params:scim:schemas:extension:badge:2.0:User';
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const BASE = 'https://rollcall.example/scim/v2/acme';

/** The standard types, and an extension with every kind of attribute the standard ones lack. */
export const registry = createRegistry([
  {
    resourceType: 'User',
    schema: {
      id: BADGE,
      name: 'Badge',
      description: 'The badge a person wears.',
      attributes: [
        attribute('serial', 'Engraved.', { mutability: 'immutable' }),
        attribute('floor', 'Where it opens doors.', { type: 'integer' }),
        attribute('weight', 'In grams.', { type: 'decimal' }),
        attribute('issued', 'When.', { type: 'dateTime' }),
        attribute('tags', 'Labels.', { multiValued: true }),
        attribute('secretNote', 'On request only.', { returned: 'request' }),
        attribute('holder', 'On whose behalf.', {
          type: 'complex',
          subAttributes: [attribute('code', 'Needed.', { required: true }), attribute('note', 'Not needed.')],
        }),
      ],
    },
  },
]);

export const userType = registry.userType;
export const groupType = registry.groupType;

export const create = (type: ResourceType, body: unknown): Attributes =>
  readResource(type, body, { mode: 'create' }).attributes;

export const replace = (type: ResourceType, body: unknown, current: Attributes): Attributes =>
  readResource(type, body, { mode: 'replace', current }).attributes;

/** A PATCH the way a service provider does it. */
export function patch(
  type: ResourceType,
  attributes: Attributes,
  operations: readonly JsonObject[],
  profile: ProfileName = 'lenient',
): PatchResult {
  const tolerate = (rule: Rule) => rulesOf(profile).has(rule);
  const body = { schemas: [PATCH_OP], Operations: [...operations] };
  return applyPatch(type, attributes, readPatch(type, body, tolerate).operations, tolerate);
}

export const patchUser = (attributes: Attributes, ...operations: JsonObject[]): Attributes =>
  patch(userType, attributes, operations).attributes;

export const patchGroup = (attributes: Attributes, ...operations: JsonObject[]): Attributes =>
  patch(groupType, attributes, operations).attributes;

export const filterMatches = (filter: string, resource: JsonObject, type: ResourceType = userType): boolean =>
  predicate(resolveFilter(parseFilter(filter), type))(resource);

export const members = (...ids: string[]): JsonValue => ids.map((value) => ({ value }));

/** What tolerates everything, and the rules that it was asked about. */
export function recorder(): { tolerate: (rule: Rule) => true; fired: Rule[] } {
  const fired: Rule[] = [];
  const tolerate = (rule: Rule): true => {
    if (!fired.includes(rule)) fired.push(rule);
    return true;
  };
  return { tolerate, fired };
}

/** The ScimError that `refused` throws; fails when it throws nothing or anything else. */
export function refusal(refused: () => unknown): ScimError {
  try {
    refused();
  } catch (error) {
    expect(error).toBeInstanceOf(ScimError);
    return error as ScimError;
  }
  throw new Error('nothing was refused');
}

export const scimTypeOf = (refused: () => unknown): string | undefined => {
  const { status, scimType } = refusal(refused);
  expect(status).toBe(400);
  return scimType;
};
