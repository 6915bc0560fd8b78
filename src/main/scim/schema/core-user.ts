/** The User resource: RFC 7643 §4.1 and §8.7.1. */
import { type AttributeDefinition, attribute, type SchemaDefinition } from './definition.ts';

/**
 * A multi-valued attribute with the default sub-attributes of RFC 7643 §2.4.
 * The `value` is no more than a string, even for e-mails: Microsoft's collection sends `emailName357` (3.10).
 */
function plural(
  name: string,
  description: string,
  valueDescription: string,
  options: { types?: readonly string[]; value?: Partial<AttributeDefinition> } = {},
): AttributeDefinition {
  return attribute(name, description, {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('value', valueDescription, options.value),
      attribute('display', 'A human-readable name, for display.'),
      attribute('type', 'What the value is used for.', options.types && { canonicalValues: options.types }),
      attribute('primary', 'True for the preferred value; true at most once.', { type: 'boolean' }),
    ],
  });
}

const name = attribute('name', 'The parts of the person’s name.', {
  type: 'complex',
  subAttributes: [
    attribute('formatted', 'The full name, formatted for display.'),
    attribute('familyName', 'The family name, or last name in most Western languages.'),
    attribute('givenName', 'The given name, or first name in most Western languages.'),
    attribute('middleName', 'The middle names.'),
    attribute('honorificPrefix', 'The title before the name, such as Ms.'),
    attribute('honorificSuffix', 'The suffix after the name, such as III.'),
  ],
});

const addresses = attribute('addresses', 'Postal addresses.', {
  type: 'complex',
  multiValued: true,
  subAttributes: [
    attribute('formatted', 'The full address, formatted for display or a label; may contain newlines.'),
    attribute('streetAddress', 'Street, house number, post-office box; may contain newlines.'),
    attribute('locality', 'The city.'),
    attribute('region', 'The state or region.'),
    attribute('postalCode', 'The postal code.'),
    attribute('country', 'The country, as ISO 3166-1 alpha-2 code where the client knows it.'),
    attribute('type', 'What the address is used for.', { canonicalValues: ['work', 'home', 'other'] }),
    attribute('primary', 'True for the preferred address; true at most once.', { type: 'boolean' }),
  ],
});

const readOnly = { mutability: 'readOnly' } as const;

const groups = attribute(
  'groups',
  'The groups the user belongs to. Changed through the groups’ members only.',
  {
    type: 'complex',
    multiValued: true,
    ...readOnly,
    subAttributes: [
      attribute('value', 'The id of the group.', { caseExact: true, ...readOnly }),
      attribute('$ref', 'The URI of the group.', {
        type: 'reference',
        referenceTypes: ['Group'],
        ...readOnly,
      }),
      attribute('display', 'The group’s displayName.', readOnly),
      attribute('type', 'Whether the membership is direct or through another group.', {
        canonicalValues: ['direct', 'indirect'],
        ...readOnly,
      }),
    ],
  },
);

export const coreUser: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'User Account',
  legacyIds: [
    'urn:scim:schemas:core:1.0',
    'urn:scim:schemas:core:1.0:User',
    'urn:scim:schemas:core:2.0',
    'urn:scim:schemas:core:2.0:User',
  ],
  attributes: [
    attribute('userName', 'The name the user signs in with. Unique whatever its case.', {
      required: true,
      uniqueness: 'server',
    }),
    name,
    attribute('displayName', 'The name to show for the user.'),
    attribute('nickName', 'The casual name of the user.'),
    // Any string: the Microsoft validator sends random text (protocol reference 3.10).
    attribute('profileUrl', 'The user’s page elsewhere.', {
      type: 'reference',
      referenceTypes: ['external'],
    }),
    attribute('title', 'The user’s title, such as Vice President.'),
    attribute('userType', 'The relation between organization and user, such as Contractor.'),
    attribute('preferredLanguage', 'The languages the user prefers, in the notation of Accept-Language.'),
    attribute('locale', 'Where the user is, for dates, numbers and currency: a language tag.'),
    attribute('timezone', 'The user’s time zone, in the notation of the IANA database.'),
    attribute('active', 'Whether the user may use the service.', { type: 'boolean', defaultValue: true }),
    attribute('password', 'Accepted and dropped. This service provider keeps no passwords.', {
      caseExact: true,
      mutability: 'writeOnly',
      returned: 'never',
    }),
    {
      ...plural('emails', 'E-mail addresses.', 'The e-mail address.', { types: ['work', 'home', 'other'] }),
      // PingOne's filter template is `email Co "%s"`.
      aliases: ['email'],
    },
    plural('phoneNumbers', 'Phone numbers.', 'The phone number.', {
      types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
    }),
    plural('ims', 'Instant messaging addresses.', 'The address.', {
      types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
    }),
    plural('photos', 'Pictures of the user.', 'The URL of the picture.', {
      types: ['photo', 'thumbnail'],
      value: { type: 'reference', referenceTypes: ['external'] },
    }),
    addresses,
    groups,
    plural('entitlements', 'Things the user has.', 'The entitlement.'),
    plural('roles', 'Roles the user plays, such as Student.', 'The role.'),
    plural('x509Certificates', 'Certificates issued to the user.', 'The certificate, DER in base64.', {
      value: { type: 'binary', caseExact: true },
    }),
  ],
};
