/** The Group resource: RFC 7643 §4.2 and §8.7.1. */
import { attribute, type SchemaDefinition } from './definition.ts';

const immutable = { mutability: 'immutable' } as const;

export const coreGroup: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'Group',
  legacyIds: ['urn:scim:schemas:core:1.0', 'urn:scim:schemas:core:2.0', 'urn:scim:schemas:core:2.0:Group'],
  attributes: [
    // `required` by errata 5368: the text of §4.2 says so, the JSON of §8.7.1 forgot.
    attribute('displayName', 'The name of the group. Unique whatever its case.', {
      required: true,
      uniqueness: 'server',
    }),
    attribute('members', 'The members of the group.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [
        // An `id`, which is case-exact (RFC 7643 §3.1), although the JSON of §8.7.1 says otherwise.
        attribute('value', 'The id of the member.', { caseExact: true, ...immutable }),
        attribute('$ref', 'The URI of the member.', {
          type: 'reference',
          referenceTypes: ['User', 'Group'],
          ...immutable,
        }),
        attribute('type', 'The resource type of the member.', {
          canonicalValues: ['User', 'Group'],
          ...immutable,
        }),
        // In every example of the RFC, but missing from the JSON of §8.7.1 (3.10).
        attribute('display', 'A human-readable name of the member.', { aliases: ['displayName'] }),
      ],
    }),
  ],
};
