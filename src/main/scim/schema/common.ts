/** The attributes every resource has: RFC 7643 §3 and §3.1. Not part of any schema's own attribute list. */
import { attribute } from './definition.ts';

export const schemas = attribute('schemas', 'The URNs of the schemas this resource holds data for.', {
  type: 'reference',
  multiValued: true,
  required: true,
  // URNs: the case of none of ours means anything.
  caseExact: false,
  returned: 'always',
  computed: true,
});

export const id = attribute('id', 'The identifier this service provider gave the resource. Never reused.', {
  required: true,
  caseExact: true,
  mutability: 'readOnly',
  returned: 'always',
  uniqueness: 'server',
});

export const externalId = attribute(
  'externalId',
  'The identifier the provisioning client gave the resource. Case-sensitive, and not required to be unique.',
  { caseExact: true },
);

const readOnly = { mutability: 'readOnly' } as const;

export const meta = attribute('meta', 'What the service provider knows about the resource.', {
  type: 'complex',
  ...readOnly,
  subAttributes: [
    attribute('resourceType', 'The name of the resource type.', { caseExact: true, ...readOnly }),
    attribute('created', 'When the resource was added.', { type: 'dateTime', ...readOnly }),
    attribute('lastModified', 'When the resource last changed.', { type: 'dateTime', ...readOnly }),
    attribute('location', 'The URI of the resource.', { type: 'reference', caseExact: true, ...readOnly }),
    attribute('version', 'The entity tag of the resource.', { caseExact: true, ...readOnly }),
  ],
});

export const commonAttributes = [schemas, id, externalId, meta];
