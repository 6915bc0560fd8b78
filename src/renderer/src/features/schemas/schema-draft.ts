import type { ExtendedResource, Schema, SchemaAttribute } from '../../../../shared/contract/schemas.ts';

/** An attribute as the form has it. */
export interface DraftAttribute {
  /** Tells rows apart while their names change. */
  key: number;
  name: string;
  type: SchemaAttribute['type'];
  multiValued: boolean;
  /** What the form doesn't show, kept as it was. */
  others: Record<string, unknown>;
}

/** A definition as the form has it. */
export interface SchemaDraft {
  name: string;
  /** Null while it follows the name. */
  urn: string | null;
  description: string;
  attributes: readonly DraftAttribute[];
}

/** The types that the form offers; the rest is for those who write JSON. */
export const FORM_TYPES = ['string', 'boolean', 'integer', 'decimal', 'dateTime'] as const;

/** What belongs to one type of attribute and is nothing to another. */
const TYPE_BOUND = ['canonicalValues', 'referenceTypes', 'subAttributes', 'caseExact'];

export const EMPTY_DRAFT: SchemaDraft = {
  name: '',
  urn: null,
  description: '',
  attributes: [newAttribute(0)],
};

/** An empty row. */
export function newAttribute(key: number): DraftAttribute {
  return { key, name: '', type: 'string', multiValued: false, others: {} };
}

/** The row with another type, without what only the old type could have. */
export function withType(attribute: DraftAttribute, type: SchemaAttribute['type']): DraftAttribute {
  const others = Object.fromEntries(
    Object.entries(attribute.others).filter(([key]) => type === attribute.type || !TYPE_BOUND.includes(key)),
  );
  return { ...attribute, type, others };
}

/** A URN in the only form that Entra ID takes for custom attributes: "Acme HR" → `…:extension:AcmeHR:2.0:User`. */
export function suggestUrn(name: string, resourceType: ExtendedResource): string {
  const word = name.normalize('NFKD').replace(/[^A-Za-z0-9]/g, '');
  return word === '' ? '' : `urn:ietf:params:scim:schemas:extension:${word}:2.0:${resourceType}`;
}

/** The definition that the form stands for, in the form of RFC 7643 §7. Rows without a name are left out. */
export function definitionOf(draft: SchemaDraft, resourceType: ExtendedResource): Record<string, unknown> {
  const { name, urn, description, attributes } = draft;
  return {
    id: urn?.trim() ?? suggestUrn(name, resourceType),
    ...(name.trim() && { name: name.trim() }),
    ...(description.trim() && { description: description.trim() }),
    attributes: attributes
      .filter((attribute) => attribute.name.trim() !== '')
      .map(({ name: own, type, multiValued, others }) => ({
        name: own.trim(),
        type,
        ...(multiValued && { multiValued }),
        ...others,
      })),
  };
}

/** A registered schema as its definition: what the standard presets is left out. */
export function definitionOfSchema({ id, name, description, attributes }: Schema): Record<string, unknown> {
  return { id, name, ...(description && { description }), attributes: attributes.map(withoutPresets) };
}

const PRESETS: Record<string, unknown> = {
  description: '',
  multiValued: false,
  required: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
};

function withoutPresets(attribute: SchemaAttribute): Record<string, unknown> {
  const { subAttributes, ...own } = attribute;
  const presetCase = own.type === 'reference' || own.type === 'binary';
  const said = Object.entries(own).filter(
    ([key, value]) => PRESETS[key] !== value && !(key === 'caseExact' && value === presetCase),
  );
  return {
    ...Object.fromEntries(said),
    ...(subAttributes && { subAttributes: subAttributes.map(withoutPresets) }),
  };
}

/** A definition as rows of the form; undefined when the form couldn't show it. */
export function draftOf(definition: Record<string, unknown>): SchemaDraft | undefined {
  const { id, name = '', description = '', attributes } = definition;
  if (!Array.isArray(attributes) || ![id, name, description].every((text) => typeof text === 'string')) {
    return undefined;
  }
  const rows = attributes.map((attribute: unknown, key): DraftAttribute | undefined => {
    if (typeof attribute !== 'object' || attribute === null) return undefined;
    const {
      name: own,
      type = 'string',
      multiValued = false,
      ...others
    } = attribute as Record<string, unknown>;
    if (typeof own !== 'string' || typeof multiValued !== 'boolean' || !isType(type)) return undefined;
    return { key, name: own, type, multiValued, others };
  });
  if (!rows.every((row) => row !== undefined)) return undefined;
  return { name: name as string, urn: id as string, description: description as string, attributes: rows };
}

function isType(type: unknown): type is SchemaAttribute['type'] {
  return typeof type === 'string' && [...FORM_TYPES, 'reference', 'binary', 'complex'].includes(type);
}

/** Reads what was pasted; `problem` is a sentence. Nothing is said of an empty field. */
export function readDefinition(text: string): {
  definition: Record<string, unknown> | null;
  problem: string | null;
} {
  const json = text.replace(/^\uFEFF/, '').trim();
  if (json === '') return { definition: null, problem: null };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { definition: null, problem: `This is no JSON: ${(error as Error).message}.` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { definition: null, problem: 'A schema is one JSON object, in braces.' };
  }
  return { definition: value as Record<string, unknown>, problem: null };
}
