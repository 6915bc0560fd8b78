/** The schemas of the discovery resources themselves: RFC 7643 §5, §6, §7, §8.7.2, with RFC 9865 §4 for pagination. */
import { type AttributeDefinition, attribute, type SchemaDefinition } from './definition.ts';

const readOnly = { mutability: 'readOnly' } as const;
const always = { mutability: 'readOnly', required: true } as const;

const text = (name: string, description: string, options: Partial<AttributeDefinition> = {}) =>
  attribute(name, description, { ...readOnly, ...options });
const flag = (name: string, description: string) =>
  text(name, description, { type: 'boolean', required: true });
const integer = (name: string, description: string, required = true) =>
  text(name, description, { type: 'integer', required });
const group = (
  name: string,
  description: string,
  subAttributes: readonly AttributeDefinition[],
  options: Partial<AttributeDefinition> = {},
) => attribute(name, description, { type: 'complex', ...readOnly, ...options, subAttributes });

export const serviceProviderConfigSchema: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
  name: 'Service Provider Configuration',
  description: 'What this service provider supports.',
  attributes: [
    text('documentationUri', 'Where help can be found.', { type: 'reference', referenceTypes: ['external'] }),
    group('patch', 'PATCH.', [flag('supported', 'Whether it is supported.')], always),
    group(
      'bulk',
      'Bulk operations.',
      [
        flag('supported', 'Whether they are supported.'),
        integer('maxOperations', 'The most operations in one request.'),
        integer('maxPayloadSize', 'The largest request, in bytes.'),
      ],
      always,
    ),
    group(
      'filter',
      'Filters.',
      [
        flag('supported', 'Whether they are supported.'),
        integer('maxResults', 'The most resources in one response.'),
      ],
      always,
    ),
    group('changePassword', 'Changing passwords.', [flag('supported', 'Whether it is supported.')], always),
    group('sort', 'Sorting.', [flag('supported', 'Whether it is supported.')], always),
    group('etag', 'Entity tags.', [flag('supported', 'Whether they are supported.')], always),
    group('pagination', 'Paging through lists.', [
      flag('cursor', 'Whether cursors are supported.'),
      flag('index', 'Whether startIndex is supported.'),
      text('defaultPaginationMethod', 'What a request without either gets.', {
        canonicalValues: ['cursor', 'index'],
      }),
      integer('defaultPageSize', 'The page size without count.', false),
      integer('maxPageSize', 'The largest page size.', false),
      integer('cursorTimeout', 'How long a cursor can be used, in seconds.', false),
    ]),
    group(
      'authenticationSchemes',
      'How to authenticate.',
      [
        text('type', 'The kind of scheme.', {
          required: true,
          canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
        }),
        text('name', 'The name of the scheme.', { required: true }),
        text('description', 'What the scheme is.', { required: true }),
        text('specUri', 'Its specification.', { type: 'reference', referenceTypes: ['external'] }),
        text('documentationUri', 'How to use it.', { type: 'reference', referenceTypes: ['external'] }),
        text('primary', 'Whether it is the preferred scheme.', { type: 'boolean' }),
      ],
      { ...always, multiValued: true },
    ),
  ],
};

export const resourceTypeSchema: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  name: 'ResourceType',
  description: 'A kind of resource and the schemas it is made of.',
  attributes: [
    text('name', 'The name of the resource type.', { required: true, caseExact: true }),
    text('description', 'What such a resource is.'),
    text('endpoint', 'Where the resources are, relative to the base URL.', {
      type: 'reference',
      referenceTypes: ['uri'],
      required: true,
    }),
    text('schema', 'The URN of the core schema.', {
      type: 'reference',
      referenceTypes: ['uri'],
      required: true,
      caseExact: true,
    }),
    group(
      'schemaExtensions',
      'Schemas that add attributes.',
      [
        text('schema', 'The URN of the extension.', {
          type: 'reference',
          referenceTypes: ['uri'],
          required: true,
          caseExact: true,
        }),
        flag('required', 'Whether every resource must hold data of the extension.'),
      ],
      { multiValued: true },
    ),
  ],
};

const exact = { required: true, caseExact: true } as const;

const characteristics: readonly AttributeDefinition[] = [
  text('name', 'The name of the attribute.', exact),
  text('type', 'The data type.', {
    ...exact,
    canonicalValues: [
      'string',
      'complex',
      'boolean',
      'decimal',
      'integer',
      'dateTime',
      'reference',
      'binary',
    ],
  }),
  flag('multiValued', 'Whether there can be several values.'),
  text('description', 'What the attribute is for.'),
  flag('required', 'Whether a resource must have it.'),
  text('canonicalValues', 'Suggested values.', { multiValued: true, caseExact: true }),
  text('caseExact', 'Whether case matters in comparisons.', { type: 'boolean' }),
  text('mutability', 'When it can be written.', {
    caseExact: true,
    canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  }),
  text('returned', 'When it is returned.', {
    caseExact: true,
    canonicalValues: ['always', 'never', 'default', 'request'],
  }),
  text('uniqueness', 'Among what its values are unique.', {
    caseExact: true,
    canonicalValues: ['none', 'server', 'global'],
  }),
  text('referenceTypes', 'What a reference can point to.', { multiValued: true, caseExact: true }),
];

export const schemaSchema: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
  name: 'Schema',
  description: 'The attributes of a resource or an extension.',
  attributes: [
    text('name', 'The name of the schema.', { required: true }),
    text('description', 'What the schema describes.'),
    group(
      'attributes',
      'The attributes.',
      [
        ...characteristics,
        group('subAttributes', 'The parts of a complex attribute.', characteristics, { multiValued: true }),
      ],
      { ...always, multiValued: true },
    ),
  ],
};
