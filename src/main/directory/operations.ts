import type { Policy } from '../../shared/contract/policy.ts';
import { forbidden } from '../scim/error.ts';
import type { Attributes } from '../scim/resource.ts';

type Switch = Extract<keyof Policy, `operations.${string}`>;

/** Which operations the administrator left on (M13). */
export type Operations = Pick<Policy, Switch>;

const SENTENCES: Record<Switch, string> = {
  'operations.createUsers': 'Creating users',
  'operations.updateUsers': "Updating users' attributes",
  'operations.deactivateUsers': 'Deactivating users',
  'operations.deleteUsers': 'Deleting users',
  'operations.syncGroups': 'Writing groups',
  'operations.syncRoles': "Writing users' roles",
};

/** @throws {ScimError} 403 that names the switch (D6) */
export function refuseUnlessOn(operations: Operations, name: Switch): void {
  if (operations[name]) return;
  throw forbidden(
    `${SENTENCES[name]} over SCIM is switched off by an administrator (${name}).`,
    `Turn it on under Settings → Provisioning policy, or with \`rollcall policy set ${name}=true\`.`,
  );
}

/**
 * Refuses a change of a user that is switched off. Taking access away counts as deactivation whatever else the request
 * changes, so that no other switch can delay it (D2).
 * @param changed names of the attributes that differ.
 */
export function refuseUserChange(
  operations: Operations,
  changed: readonly string[],
  before: Attributes,
  after: Attributes,
): void {
  if (changed.length === 0) return;
  refuseUnlessOn(operations, switchFor(changed, before, after));
}

function switchFor(changed: readonly string[], before: Attributes, after: Attributes): Switch {
  if (changed.every((name) => name === 'roles')) return 'operations.syncRoles';
  const deactivates = before.active === true && after.active !== true;
  return deactivates ? 'operations.deactivateUsers' : 'operations.updateUsers';
}
