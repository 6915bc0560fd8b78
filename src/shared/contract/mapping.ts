import { z } from 'zod';
import { call } from './define.ts';

/** What can be filled from the directory (M12). `userName`, `externalId` and `roles` are identity, not mapping. */
export const MAPPING_TARGETS = [
  'email',
  'firstName',
  'lastName',
  'displayName',
  'isActive',
  'employeeNumber',
  'title',
  'department',
  'division',
  'costCenter',
  'organization',
  'manager',
  'teamName',
] as const;
export const mappingTarget = z.enum(MAPPING_TARGETS);
export type MappingTarget = z.infer<typeof mappingTarget>;

/**
 * Where a value comes from: an attribute path (`name.givenName`, `emails[type eq "work"].value`,
 * `urn:…:User:department`), or text with paths in braces (`{name.givenName} {name.familyName}`). Of several sources the
 * first that has a value counts.
 */
export const mappingSources = z
  .array(z.string().trim().min(1, 'A source names an attribute.').max(300))
  .min(1, 'Name at least one source.')
  .max(5);

/** Targets that differ from the standard mapping. */
export const attributeMapping = z.partialRecord(mappingTarget, mappingSources);
export type AttributeMapping = z.infer<typeof attributeMapping>;

/** One attribute that the IdP has really sent, with what it was. */
export const receivedAttribute = z.object({
  /** As a source of the mapping spells it. */
  path: z.string(),
  /** Of how many people, among those looked at. */
  people: z.number(),
  example: z.string(),
});
export type ReceivedAttribute = z.infer<typeof receivedAttribute>;

/** A mistake that the traffic shows. */
export const mappingFinding = z.object({
  id: z.enum([
    'active-elsewhere',
    'account-enabled',
    'external-id-missing',
    'external-id-is-email',
    'external-id-is-nickname',
    'no-emails',
    'password-sync',
  ]),
  severity: z.enum(['danger', 'warning', 'hint']),
  /** What is wrong, what comes of it, and where in the IdP it is mended; sentences. */
  title: z.string(),
  consequence: z.string(),
  fix: z.string(),
  /** Of how many people, among those looked at; null where that makes no sense. */
  people: z.number().nullable(),
});
export type MappingFinding = z.infer<typeof mappingFinding>;

const mappedPerson = z.object({
  memberId: z.string().nullable(),
  userName: z.string(),
  /** What would be there instead, by target; only what differs. */
  changes: z.array(
    z.object({ target: mappingTarget, before: z.string().nullable(), after: z.string().nullable() }),
  ),
});

export const mappingView = z.object({
  /** What differs from the standard. */
  edited: attributeMapping,
  effective: z.record(mappingTarget, z.array(z.string())),
  standard: z.record(mappingTarget, z.array(z.string())),
  received: z.array(receivedAttribute),
  findings: z.array(mappingFinding),
  /** How many people the received attributes and findings were looked up in: the last ones changed. */
  lookedAt: z.number(),
});
export type MappingView = z.infer<typeof mappingView>;

export const mappingPreview = z.object({
  people: z.number(),
  /** How many members, records or their access would change. */
  changed: z.number(),
  /** How many would lose access, because `isActive` reads false. */
  losing: z.number(),
  examples: z.array(mappedPerson),
});
export type MappingPreview = z.infer<typeof mappingPreview>;

export const mappingCalls = {
  'mapping.get': call(z.strictObject({}), mappingView, 'view'),
  /** Reads everybody: seconds for 100,000 people. */
  'mapping.preview': call(z.strictObject({ mapping: attributeMapping }), mappingPreview, 'edit'),
  /** The whole mapping: what is left out is standard again. Returns the job by which the people follow, if any must. */
  'mapping.set': call(
    z.strictObject({ mapping: attributeMapping }),
    z.object({ view: mappingView, jobId: z.string().nullable() }),
    'edit',
  ),
};
