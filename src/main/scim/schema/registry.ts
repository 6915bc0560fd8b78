import { coreGroup } from './core-group.ts';
import { coreUser } from './core-user.ts';
import type { SchemaDefinition } from './definition.ts';
import { enterpriseUser } from './enterprise-user.ts';
import { resourceTypeSchema, schemaSchema, serviceProviderConfigSchema } from './meta-schemas.ts';
import { createResourceType, type ResourceType } from './resource-type.ts';

export type Registry = {
  /** Users first: the Microsoft collection reads `Resources[0].endpoint`. */
  readonly resourceTypes: readonly ResourceType[];
  readonly userType: ResourceType;
  readonly groupType: ResourceType;
  /** Every schema to publish, including those of the discovery resources. */
  readonly schemas: readonly SchemaDefinition[];
  /** `Users`, `/Users` or `users`. */
  resourceTypeByEndpoint(endpoint: string): ResourceType | undefined;
  resourceTypeByName(name: string): ResourceType | undefined;
};

/** An extension besides the enterprise one, and the resource type it extends. */
export type ExtensionDefinition = {
  readonly resourceType: 'User' | 'Group';
  readonly schema: SchemaDefinition;
};

const ENDPOINTS: ReadonlyMap<string, string> = new Map([
  ['User', '/Users'],
  ['Group', '/Groups'],
]);

/** The schemas and resource types this service provider knows: RFC 7643 §4 plus `extensions`. */
export function createRegistry(extensions: readonly ExtensionDefinition[] = []): Registry {
  const extending = (name: 'User' | 'Group') =>
    extensions
      .filter(({ resourceType }) => resourceType === name)
      .map(({ schema }) => ({ schema, required: false }));

  const userType = createResourceType(
    {
      name: 'User',
      description: 'User Account',
      endpoint: '/Users',
      schema: coreUser,
      extensions: [{ schema: enterpriseUser, required: false }, ...extending('User')],
    },
    ENDPOINTS,
  );
  const groupType = createResourceType(
    {
      name: 'Group',
      description: 'Group',
      endpoint: '/Groups',
      schema: coreGroup,
      extensions: extending('Group'),
    },
    ENDPOINTS,
  );
  const resourceTypes = [userType, groupType];

  return {
    resourceTypes,
    userType,
    groupType,
    schemas: [
      coreUser,
      coreGroup,
      enterpriseUser,
      ...new Set(extensions.map(({ schema }) => schema)),
      serviceProviderConfigSchema,
      resourceTypeSchema,
      schemaSchema,
    ],
    resourceTypeByEndpoint: (endpoint) => {
      const path = `/${endpoint.replace(/^\//, '')}`.toLowerCase();
      return resourceTypes.find((type) => type.endpoint.toLowerCase() === path);
    },
    resourceTypeByName: (name) =>
      resourceTypes.find((type) => type.name.toLowerCase() === name.toLowerCase()),
  };
}
