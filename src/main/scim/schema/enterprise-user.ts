/** The enterprise extension of User: RFC 7643 §4.3. */
import { attribute, type SchemaDefinition } from './definition.ts';

export const enterpriseUser: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  legacyIds: [
    'urn:scim:schemas:extension:enterprise:1.0',
    'urn:scim:schemas:extension:enterprise:1.0:User',
    'urn:scim:schemas:extension:enterprise:2.0',
    'urn:scim:schemas:extension:enterprise:2.0:User',
    // The misspelling in Microsoft's documentation (1.2).
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0User',
  ],
  attributes: [
    attribute('employeeNumber', 'The number the organization gave the person.'),
    attribute('costCenter', 'The name of a cost center.'),
    attribute('organization', 'The name of an organization.'),
    attribute('division', 'The name of a division.'),
    attribute('department', 'The name of a department.'),
    attribute('manager', 'The user’s manager.', {
      type: 'complex',
      subAttributes: [
        attribute('value', 'The id of the manager. Need not exist here yet.', { caseExact: true }),
        attribute('$ref', 'The URI of the manager.', { type: 'reference', referenceTypes: ['User'] }),
        attribute('displayName', 'The manager’s displayName.', { mutability: 'readOnly' }),
      ],
    }),
  ],
};
