/** The vocabulary of RFC 7643 §2 and §7: what a schema can say about an attribute. */
import type { JsonValue } from '../json.ts';

type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'reference'
  | 'binary'
  | 'complex';
type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
type Returned = 'always' | 'never' | 'default' | 'request';
type Uniqueness = 'none' | 'server' | 'global';

export type AttributeDefinition = {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: Mutability;
  readonly returned: Returned;
  readonly uniqueness: Uniqueness;
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly AttributeDefinition[];

  // What follows steers this service provider and is not published in /Schemas.

  /**
   * Assigned on create when the client gives no value; a replace that gives none keeps the stored value instead
   * (RFC 7644 §3.5.1 leaves both to the service provider).
   */
  readonly defaultValue?: JsonValue;
  /** Worked out from what is stored (`schemas`); a client's value is read past. */
  readonly computed?: true;
  /** Other names real clients use. Consulted by filters, and by writes for sub-attributes, only when no name fits. */
  readonly aliases?: readonly string[];
};

export type SchemaDefinition = {
  /** The schema's URN, in its canonical case. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
  /** URNs older or careless clients use for the same schema; accepted, never published. */
  readonly legacyIds?: readonly string[];
};

type AttributeOptions = Partial<Omit<AttributeDefinition, 'name' | 'description'>>;

/** An attribute definition with the defaults of RFC 7643 §2.2 filled in. */
export function attribute(
  name: string,
  description: string,
  options: AttributeOptions = {},
): AttributeDefinition {
  return {
    name,
    type: 'string',
    multiValued: false,
    description,
    required: false,
    // RFC 7643 §2.3.6 and §2.3.7, although the JSON of §8.7.1 has most references without regard to case.
    caseExact: options.type === 'reference' || options.type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...options,
  };
}

const byFoldedName = new WeakMap<readonly AttributeDefinition[], Map<string, AttributeDefinition>>();

/** The definition called `name`, in any case (RFC 7643 §2.1: attribute names are case-insensitive). */
export function findAttribute(
  definitions: readonly AttributeDefinition[],
  name: string,
): AttributeDefinition | undefined {
  let index = byFoldedName.get(definitions);
  if (index === undefined) {
    index = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));
    byFoldedName.set(definitions, index);
  }
  return index.get(name.toLowerCase());
}

/** The definition that lists `name` as an alias. */
export function findAlias(
  definitions: readonly AttributeDefinition[],
  name: string,
): AttributeDefinition | undefined {
  const folded = name.toLowerCase();
  return definitions.find(({ aliases }) => aliases?.some((alias) => alias.toLowerCase() === folded));
}

/** The sub-attribute called `name`, in any case. */
export function findSubAttribute(parent: AttributeDefinition, name: string): AttributeDefinition | undefined {
  return parent.subAttributes && findAttribute(parent.subAttributes, name);
}

/**
 * True for a list of references to other resources, such as a group's `members`. The schema says so by making `value`
 * immutable: an element is then identified by its `value`, and there can be many thousands of them.
 */
export function isReferenceList(definition: AttributeDefinition): boolean {
  return definition.multiValued && findSubAttribute(definition, 'value')?.mutability === 'immutable';
}

/**
 * True when `$ref` only restates `value` as a URI (`members`, `manager`, `groups`). It is then never stored: it is read
 * when `value` is missing, and written from `value`.
 */
export function hasDerivedReference(definition: AttributeDefinition): boolean {
  return (
    findSubAttribute(definition, 'value') !== undefined && findSubAttribute(definition, '$ref') !== undefined
  );
}

/** True when values are checked and then dropped: they may never be shown again, so they are never stored (M23). */
export function isNeverStored(definition: AttributeDefinition): boolean {
  return definition.mutability === 'writeOnly' || definition.returned === 'never';
}
