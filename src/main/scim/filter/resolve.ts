import { readBoolean } from '../boolean.ts';
import { parseDateTime } from '../date-time.ts';
import { requireRule, type Tolerate, tolerateLeniently } from '../profile.ts';
import { type AttributeDefinition, findAlias, findSubAttribute } from '../schema/definition.ts';
import { requireKnownName } from '../schema/name-rules.ts';
import {
  attributePath,
  type ResolvedPath,
  type ResourceType,
  withSubAttribute,
} from '../schema/resource-type.ts';
import type { CompareOperator, Filter, Literal, ResolvedFilter } from './ast.ts';
import { invalidFilter } from './lexer.ts';

type ResolveOptions = { readonly unknown?: 'refuse' | 'no-value'; readonly tolerate?: Tolerate | undefined };

/**
 * Binds a filter to a resource type: names to attributes, literals to their types.
 * At an endpoint of several types (root query, `/.search`) resolve once per type with `unknown: 'no-value'`: an attribute
 * a type does not have then has no value there (RFC 7644 §3.4.2.1). At the endpoint of one type it is refused, since a
 * filter that silently matches nothing makes clients create duplicates (product D6).
 * @throws ScimError 400 invalidFilter for an unknown attribute (unless `no-value`), an attribute that is never returned,
 *   an ordering of booleans or binaries, a literal that does not fit the attribute's type
 */
export function resolveFilter(
  filter: Filter,
  type: ResourceType,
  { unknown = 'refuse', tolerate = tolerateLeniently }: ResolveOptions = {},
): ResolvedFilter {
  const lookUp = (name: string) => {
    const path = type.resolve(name);
    if (path === undefined) return resolveAlias(type, name, tolerate);
    requireKnownName(path, name, 'invalidFilter', tolerate);
    return path;
  };
  return resolveNode(filter, { lookUp, unknown, tolerate, where: `a ${type.name}`, insideValuePath: false });
}

/** Binds the filter inside `emails[…]`, as PATCH paths use it, to the attribute's sub-attributes. */
export function resolveElementFilter(filter: Filter, path: ResolvedPath, tolerate: Tolerate): ResolvedFilter {
  return resolveNode(filter, elementScope(path, { unknown: 'refuse', tolerate }));
}

type Scope = {
  readonly lookUp: (name: string) => ResolvedPath | undefined;
  readonly unknown: 'refuse' | 'no-value';
  readonly tolerate: Tolerate;
  /** For details: what should have the attribute. */
  readonly where: string;
  readonly insideValuePath: boolean;
};

function resolveAlias(type: ResourceType, name: string, tolerate: Tolerate): ResolvedPath | undefined {
  const attribute = findAlias(type.schema.attributes, name);
  if (attribute === undefined) return undefined;
  requireRule(tolerate, 'alias', 'invalidFilter', `There is no attribute ${name} in a ${type.name}.`);
  return attributePath(type.schema, undefined, attribute);
}

function elementScope(path: ResolvedPath, { unknown, tolerate }: Pick<Scope, 'unknown' | 'tolerate'>): Scope {
  const { attribute } = path;
  const lookUp = (name: string): ResolvedPath | undefined => {
    if (attribute.type !== 'complex') return name.toLowerCase() === 'value' ? path : undefined;
    const sub = findSubAttribute(attribute, name);
    return sub && withSubAttribute(path, sub);
  };
  return { lookUp, unknown, tolerate, where: attribute.name, insideValuePath: true };
}

function resolveNode(filter: Filter, scope: Scope): ResolvedFilter {
  switch (filter.kind) {
    case 'not':
      return { kind: 'not', operand: resolveNode(filter.operand, scope) };
    case 'and':
    case 'or':
      return { kind: filter.kind, operands: filter.operands.map((operand) => resolveNode(operand, scope)) };
    case 'valuePath':
      return resolveValuePath(filter.name, filter.filter, scope);
    case 'present': {
      const path = find(filter.name, scope);
      return path === undefined ? { kind: 'constant', value: false } : { kind: 'present', path };
    }
    case 'compare':
      return resolveComparison(filter.name, filter.operator, filter.value, scope);
  }
}

function resolveValuePath(name: string, inner: Filter, scope: Scope): ResolvedFilter {
  if (scope.insideValuePath) throw invalidFilter(`${name}[…] stands inside another […].`);
  const path = find(name, scope);
  if (path === undefined) return { kind: 'constant', value: false };
  const takesFilter = path.attribute.type === 'complex' || path.attribute.multiValued;
  if (path.subAttribute !== undefined || !takesFilter)
    throw invalidFilter(`${name} has no values that […] could choose.`);
  return { kind: 'valuePath', path, filter: resolveNode(inner, elementScope(path, scope)) };
}

function resolveComparison(
  name: string,
  operator: CompareOperator,
  value: Literal,
  scope: Scope,
): ResolvedFilter {
  const found = find(name, scope);
  if (value === null && operator !== 'eq' && operator !== 'ne') {
    throw invalidFilter(`null can be compared with eq and ne only, not with ${operator}.`);
  }
  // `ne` is the opposite of `eq`, for absent and for multi-valued attributes too: the RFC is silent (3.3).
  if (operator === 'ne') return { kind: 'not', operand: resolveComparison(name, 'eq', value, scope) };
  if (value === null) {
    return {
      kind: 'not',
      operand: found ? { kind: 'present', path: found } : { kind: 'constant', value: false },
    };
  }
  if (found === undefined) return { kind: 'constant', value: false };
  const path = toSimple(found, name);
  refuseSenselessOperator(path, name, operator);
  return {
    kind: 'compare',
    path,
    operator,
    value: coerceLiteral(definitionOf(path), value, name, operator, scope),
  };
}

function find(name: string, scope: Scope): ResolvedPath | undefined {
  const path = scope.lookUp(name);
  if (path === undefined) {
    if (scope.unknown === 'no-value') return undefined;
    throw invalidFilter(`There is no attribute ${name} in ${scope.where}.`);
  }
  // Answers would tell about the value (RFC 7643 §7, returned "never").
  if (path.attribute.returned === 'never' || path.subAttribute?.returned === 'never') {
    throw invalidFilter(`${name} is never returned and cannot be used in a filter.`);
  }
  return path;
}

/** `emails co "x"` is an example of the RFC, `manager eq "x"` and `members eq "x"` are Entra's: `value` is meant. */
function toSimple(path: ResolvedPath, name: string): ResolvedPath {
  if (path.subAttribute !== undefined || path.attribute.type !== 'complex') return path;
  const value = findSubAttribute(path.attribute, 'value');
  if (value === undefined) throw invalidFilter(`${name} is complex; compare one of its sub-attributes.`);
  return withSubAttribute(path, value);
}

/** The definition of the simple value a path denotes. */
export function definitionOf(path: ResolvedPath): AttributeDefinition {
  return path.subAttribute ?? path.attribute;
}

const ORDERING: ReadonlySet<CompareOperator> = new Set(['gt', 'ge', 'lt', 'le']);
const TEXTUAL: ReadonlySet<CompareOperator> = new Set(['co', 'sw', 'ew']);

function refuseSenselessOperator(path: ResolvedPath, name: string, operator: CompareOperator): void {
  const { type } = definitionOf(path);
  const unordered = type === 'boolean' || type === 'binary';
  const untextual = type === 'boolean' || type === 'integer' || type === 'decimal';
  if ((unordered && ORDERING.has(operator)) || (untextual && TEXTUAL.has(operator))) {
    throw invalidFilter(`${operator} cannot be used with ${name}, which is a ${type}.`);
  }
}

function coerceLiteral(
  definition: AttributeDefinition,
  literal: string | number | boolean,
  name: string,
  operator: CompareOperator,
  { tolerate }: Scope,
): string | number | boolean {
  const value = readLiteral(definition, literal, operator);
  const detail = () =>
    `${JSON.stringify(literal)} cannot be compared with ${name}, which is a ${definition.type}.`;
  if (value === undefined) throw invalidFilter(detail());
  if (typeof value !== typeof literal) {
    const rule = definition.type === 'boolean' ? 'string-boolean' : 'loose-scalar';
    requireRule(tolerate, rule, 'invalidFilter', detail());
  }
  return value;
}

function readLiteral(
  { type }: AttributeDefinition,
  literal: string | number | boolean,
  operator: CompareOperator,
): string | number | boolean | undefined {
  switch (type) {
    case 'boolean':
      return readBoolean(literal);
    case 'integer':
    case 'decimal': {
      const number = typeof literal === 'string' && literal.trim() !== '' ? Number(literal) : literal;
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
    }
    case 'dateTime': {
      const text = String(literal);
      return TEXTUAL.has(operator) || parseDateTime(text) ? text : undefined;
    }
    default:
      return String(literal);
  }
}
