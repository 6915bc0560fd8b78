import { z } from 'zod';
import { call } from './define.ts';

const characteristics = {
  name: z.string(),
  type: z.enum(['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary', 'complex']),
  multiValued: z.boolean(),
  description: z.string(),
  required: z.boolean(),
  caseExact: z.boolean(),
  mutability: z.enum(['readOnly', 'readWrite', 'immutable', 'writeOnly']),
  returned: z.enum(['always', 'never', 'default', 'request']),
  uniqueness: z.enum(['none', 'server', 'global']),
  canonicalValues: z.array(z.string()).readonly().optional(),
  referenceTypes: z.array(z.string()).readonly().optional(),
};

/** An attribute as RFC 7643 §7 describes it. */
export const schemaAttribute = z.object({
  ...characteristics,
  subAttributes: z.array(z.object(characteristics)).readonly().optional(),
});
export type SchemaAttribute = z.infer<typeof schemaAttribute>;

export const extendedResource = z.enum(['User', 'Group']);
export type ExtendedResource = z.infer<typeof extendedResource>;

/** A schema that resources can have: of the standard, or registered by an administrator. */
export const schema = z.object({
  /** Its URN. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** The resource type it describes or extends. */
  resourceType: extendedResource,
  /** Standard schemas can be read only. */
  kind: z.enum(['core', 'standard-extension', 'custom']),
  attributes: z.array(schemaAttribute).readonly(),
  /** Of a custom one; null otherwise. */
  registeredAt: z.string().nullable(),
  registeredBy: z.string().nullable(),
});
export type Schema = z.infer<typeof schema>;

/** How many resources hold a value of an attribute. */
export const attributeUsage = z.object({ attribute: z.string(), resources: z.number() });
export type AttributeUsage = z.infer<typeof attributeUsage>;

/** What registering a definition would mean. */
export const schemaPreview = z.object({
  /** As it would be registered, defaults filled in; null when there are problems. */
  schema: schema.nullable(),
  /** Why it can't be registered; sentences. */
  problems: z.array(z.string()),
  /** What is worth knowing; sentences. */
  notes: z.array(z.string()),
  /** Whether a schema with this URN is registered, which this one would replace. */
  replaces: z.boolean(),
  /** Values that replacing it would delete, by attribute; only those that somebody holds. */
  losses: z.array(attributeUsage),
});
export type SchemaPreview = z.infer<typeof schemaPreview>;

/** The definition as JSON in the form of RFC 7643 §7; what is wrong with it is said in sentences, not by this contract. */
const definition = z.record(z.string(), z.unknown());
const urn = z.string().min(1).max(300);

export const schemaCalls = {
  /** Core schemas, then the enterprise extension, then custom ones in order of registration. */
  'schemas.list': call(z.strictObject({}), z.array(schema), 'view'),
  'schemas.preview': call(
    z.strictObject({ resourceType: extendedResource, schema: definition }),
    schemaPreview,
    'view',
  ),
  'schemas.register': call(
    z.strictObject({ resourceType: extendedResource, schema: definition }),
    schema,
    'edit',
  ),
  /** `force` permits the loss of values; without it that is refused with their number. */
  'schemas.replace': call(z.strictObject({ schema: definition, force: z.boolean() }), schema, 'edit'),
  /** Who holds values of a custom schema: of any attribute, and of each. */
  'schemas.usage': call(
    z.strictObject({ id: urn }),
    z.object({ resources: z.number(), attributes: z.array(attributeUsage) }),
    'view',
  ),
  /** Removes a custom schema; with `force` also the values that resources hold, whose number is answered. */
  'schemas.remove': call(
    z.strictObject({ id: urn, force: z.boolean() }),
    z.object({ id: z.string(), resources: z.number() }),
    'edit',
  ),
};
