import { compareInstants, parseDateTime } from '../date-time.ts';
import { compareText, foldCase } from '../fold-case.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json.ts';
import type { ResolvedPath } from '../schema/resource-type.ts';
import type { ResolvedFilter } from './ast.ts';
import { definitionOf } from './resolve.ts';

type Comparison = Extract<ResolvedFilter, { kind: 'compare' }>;

/** Whether a represented resource (or stored attributes, for the paths they hold) fulfils the filter. */
export function matches(filter: ResolvedFilter, resource: JsonObject): boolean {
  return predicate(filter)(resource);
}

/** The filter as a function; make it once per list. */
export function predicate(filter: ResolvedFilter): (resource: JsonObject) => boolean {
  return compile<JsonObject>(filter, valuesAt);
}

/** The filter inside `emails[…]` as a function of one element. */
export function elementPredicate(filter: ResolvedFilter): (element: JsonValue) => boolean {
  return compile<JsonValue>(filter, valuesInElement);
}

/** The values at a path: one for a singular attribute, one per element for a multi-valued one, none if unassigned. */
export function valuesAt(resource: JsonObject, path: ResolvedPath): JsonValue[] {
  const holder = path.container === undefined ? resource : ownValue(resource, path.container);
  if (!isJsonObject(holder)) return [];
  const value = ownValue(holder, path.attribute.name);
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((element) => (element === undefined ? [] : valuesInElement(element, path)));
}

function valuesInElement(element: JsonValue, { subAttribute }: ResolvedPath): JsonValue[] {
  if (subAttribute === undefined) return [element];
  const value = isJsonObject(element) ? ownValue(element, subAttribute.name) : undefined;
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function compile<Subject extends JsonValue>(
  filter: ResolvedFilter,
  valuesOf: (subject: Subject, path: ResolvedPath) => JsonValue[],
): (subject: Subject) => boolean {
  switch (filter.kind) {
    case 'constant':
      return () => filter.value;
    case 'not': {
      const operand = compile(filter.operand, valuesOf);
      return (subject) => !operand(subject);
    }
    case 'and': {
      const operands = filter.operands.map((operand) => compile(operand, valuesOf));
      return (subject) => operands.every((operand) => operand(subject));
    }
    case 'or': {
      const operands = filter.operands.map((operand) => compile(operand, valuesOf));
      return (subject) => operands.some((operand) => operand(subject));
    }
    case 'valuePath': {
      const element = elementPredicate(filter.filter);
      return (subject) => valuesOf(subject, filter.path).some(element);
    }
    case 'present':
      return (subject) => valuesOf(subject, filter.path).some(isPresent);
    case 'compare': {
      const test = comparison(filter);
      return (subject) => valuesOf(subject, filter.path).some(test);
    }
  }
}

/** `pr`: false is a value, an empty text or a complex value without content is none (RFC 7644 Table 3). */
function isPresent(value: JsonValue): boolean {
  if (value === null || value === '') return false;
  if (Array.isArray(value)) return value.some(isPresent);
  return isJsonObject(value) ? Object.values(value).some(isPresent) : true;
}

function comparison({ path, operator, value: wanted }: Comparison): (actual: JsonValue) => boolean {
  const definition = definitionOf(path);
  if (operator === 'co' || operator === 'sw' || operator === 'ew') {
    return textual(operator, String(wanted), definition.caseExact);
  }
  const order = ordering(definition.type, wanted, definition.caseExact);
  return (actual) => {
    const sign = order(actual);
    return sign !== undefined && holds(operator, sign);
  };
}

function textual(
  operator: 'co' | 'sw' | 'ew',
  wanted: string,
  caseExact: boolean,
): (actual: JsonValue) => boolean {
  const fold = caseExact ? (text: string) => text : foldCase;
  const needle = fold(wanted);
  return (actual) => {
    if (typeof actual !== 'string') return false;
    const text = fold(actual);
    if (operator === 'co') return text.includes(needle);
    return operator === 'sw' ? text.startsWith(needle) : text.endsWith(needle);
  };
}

/** How an actual value stands to the wanted one; undefined when they cannot be compared. */
function ordering(
  type: string,
  wanted: string | number | boolean,
  caseExact: boolean,
): (actual: JsonValue) => number | undefined {
  if (type === 'dateTime') {
    const instant = parseDateTime(String(wanted));
    return (actual) => {
      const other = typeof actual === 'string' ? parseDateTime(actual) : undefined;
      return instant && other && compareInstants(other, instant);
    };
  }
  if (typeof wanted !== 'string') {
    return (actual) => (typeof actual === typeof wanted ? Number(actual) - Number(wanted) : undefined);
  }
  const fold = caseExact ? (text: string) => text : foldCase;
  const folded = fold(wanted);
  return (actual) => (typeof actual === 'string' ? compareText(fold(actual), folded) : undefined);
}

function holds(operator: 'eq' | 'gt' | 'ge' | 'lt' | 'le', sign: number): boolean {
  switch (operator) {
    case 'eq':
      return sign === 0;
    case 'gt':
      return sign > 0;
    case 'ge':
      return sign >= 0;
    case 'lt':
      return sign < 0;
    case 'le':
      return sign <= 0;
  }
}
