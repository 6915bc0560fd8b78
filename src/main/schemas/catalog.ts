import type { ExtendedResource, Schema } from '../../shared/contract/schemas.ts';
import type { SchemaDefinition } from '../scim/schema/definition.ts';
import { createRegistry } from '../scim/schema/registry.ts';
import type { StoredExtension } from './schemas.ts';

/** The schemas that a resource can have without any registration: users' first, core before extension. */
export function standardSchemas(): Schema[] {
  const { userType, groupType } = createRegistry();
  return [
    standardSchema('core', 'User', userType.schema),
    standardSchema('core', 'Group', groupType.schema),
    ...userType.extensions.map(({ schema }) => standardSchema('standard-extension', 'User', schema)),
  ];
}

function standardSchema(
  kind: Schema['kind'],
  resourceType: ExtendedResource,
  { id, name, description, attributes }: SchemaDefinition,
): Schema {
  return { id, name, description, kind, resourceType, attributes, registeredAt: null, registeredBy: null };
}

/** A registered extension as the console and the command line show it. */
export function customSchema({ resourceType, schema, registeredAt, registeredBy }: StoredExtension): Schema {
  const { id, name, description, attributes } = schema;
  return { id, name, description, resourceType, kind: 'custom', attributes, registeredAt, registeredBy };
}
