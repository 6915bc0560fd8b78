import { badRequest } from '../error.ts';
import type { ResolvedFilter } from '../filter/ast.ts';
import { elementPredicate } from '../filter/evaluate.ts';
import { foldCase } from '../fold-case.ts';
import { canonicalText, isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json.ts';
import { requireRule, type Tolerate } from '../profile.ts';
import { readText } from '../schema/coerce.ts';
import { type AttributeDefinition, findSubAttribute, isReferenceList } from '../schema/definition.ts';
import { referenceOf, uniqueReferences } from '../schema/references.ts';
import { mergeComplex, setSubAttribute } from './complex.ts';
import type { PatchOperation } from './operation.ts';

/**
 * The elements of a multi-valued attribute after one operation.
 * @throws ScimError 400 noTarget, mutability
 */
export function patchList(
  elements: readonly JsonValue[],
  operation: PatchOperation,
  tolerate: Tolerate,
): JsonValue[] {
  const { path, filter } = operation;
  const choosesElements = filter !== undefined || path.subAttribute !== undefined;
  const patched = choosesElements
    ? patchChosen(elements, operation, tolerate)
    : patchWhole(elements, operation);
  const unique = isReferenceList(path.attribute) ? uniqueReferences(patched) : patched;
  return demoteOlderPrimaries(elements, unique);
}

function patchWhole(elements: readonly JsonValue[], { op, path, value }: PatchOperation): JsonValue[] {
  const given = Array.isArray(value) ? value : [];
  if (op === 'replace') return [...given];
  if (op === 'remove') return value === undefined ? [] : withoutListed(elements, given, path.attribute);
  // What is there already stays as it is, so that adding it again changes nothing (§3.5.2.1).
  const identify = isReferenceList(path.attribute) ? referenceOf : canonicalText;
  const known = new Set(elements.map(identify));
  return [...elements, ...given.filter((element) => !known.has(identify(element)))];
}

/** `remove` with a value list. A listed element means those with the same `value` and, if it has one, the same `type`. */
function withoutListed(
  elements: readonly JsonValue[],
  listed: readonly JsonValue[],
  attribute: AttributeDefinition,
): JsonValue[] {
  const caseExact = findSubAttribute(attribute, 'value')?.caseExact ?? attribute.caseExact;
  const keyOf = (element: JsonValue, withType: boolean): string => {
    const value = isJsonObject(element) ? ownValue(element, 'value') : element;
    if (typeof value !== 'string') return canonicalText(element);
    const type = withType && isJsonObject(element) ? ownValue(element, 'type') : undefined;
    return JSON.stringify([caseExact ? value : foldCase(value), type ?? null]);
  };
  const keys = new Set(listed.map((element) => keyOf(element, !isReferenceList(attribute))));
  return elements.filter((element) => !keys.has(keyOf(element, false)) && !keys.has(keyOf(element, true)));
}

function patchChosen(
  elements: readonly JsonValue[],
  operation: PatchOperation,
  tolerate: Tolerate,
): JsonValue[] {
  const { op, filter, path } = operation;
  const isChosen = filter === undefined ? () => true : elementPredicate(filter);
  if (op === 'remove' && path.subAttribute === undefined)
    return elements.filter((element) => !isChosen(element));
  // Removing what is not there is a success (§3.5.2.2); setting it is not.
  if (op !== 'remove' && !elements.some(isChosen)) {
    return [...elements, createElement(operation, tolerate)];
  }
  return elements.flatMap((element) => {
    if (!isChosen(element)) return [element];
    const patched = patchElement(element, operation);
    return op === 'remove' && saysNothing(patched) ? [] : [patched];
  });
}

/** An e-mail whose `value` has been removed is not kept for the sake of its labels. */
function saysNothing(element: JsonValue): boolean {
  return isJsonObject(element) && Object.keys(element).every((name) => name === 'type' || name === 'primary');
}

function patchElement(element: JsonValue, { op, path, filter, value = null }: PatchOperation): JsonValue {
  const { attribute, subAttribute } = path;
  if (!isJsonObject(element)) return value;
  if (subAttribute !== undefined) return setSubAttribute(element, subAttribute, value);
  if (!isJsonObject(value)) return element;
  if (op === 'add' || isReferenceList(attribute)) return mergeComplex(attribute, element, value);
  // A replaced element still is the one the filter chose: `emails[type eq "work"]` stays a work address.
  return mergeComplex(attribute, (filter && equalities(filter)) ?? {}, value);
}

/** The element a filtered path without a match stands for, where the profile says so (protocol reference 1.11). */
function createElement(
  { op, path: { attribute, subAttribute }, filter, value = null }: PatchOperation,
  tolerate: Tolerate,
): JsonValue {
  const detail = `No value of ${attribute.name} matches the path.`;
  const seed = filter === undefined ? {} : equalities(filter);
  const fits = seed !== undefined && (filter === undefined || elementPredicate(filter)(seed));
  // Naming someone who is not in a group must not put them into it.
  if (!fits || isReferenceList(attribute)) {
    throw badRequest('noTarget', detail, 'Elements are created from eq terms joined by and only.');
  }
  const rule = op === 'add' ? 'create-on-unmatched-add' : 'create-on-unmatched-replace';
  requireRule(tolerate, rule, 'noTarget', detail);
  if (subAttribute !== undefined) return { ...seed, [subAttribute.name]: value };
  return isJsonObject(value) ? mergeComplex(attribute, seed, value) : seed;
}

/** The sub-attribute values that a filter fixes, when it is nothing but eq terms joined by and. */
function equalities(filter: ResolvedFilter): JsonObject | undefined {
  if (filter.kind === 'compare' && filter.operator === 'eq' && filter.path.subAttribute !== undefined) {
    const { subAttribute } = filter.path;
    // As if it had been sent as a value: "Work" is stored as "work", and what can't be stored fixes nothing.
    const value =
      typeof filter.value === 'string' ? readText(subAttribute, filter.value) || undefined : filter.value;
    return value === undefined ? undefined : { [subAttribute.name]: value };
  }
  if (filter.kind !== 'and') return undefined;
  const terms = filter.operands.map(equalities);
  return terms.every((term) => term !== undefined) ? Object.assign({}, ...terms) : undefined;
}

/** An element that has become primary takes that from the others (§3.5.2: the server SHALL set theirs to false). */
function demoteOlderPrimaries(before: readonly JsonValue[], after: readonly JsonValue[]): JsonValue[] {
  const older = new Set(before);
  const newest = after.find((element) => isPrimary(element) && !older.has(element));
  if (newest === undefined) return [...after];
  return after.map((element) => {
    if (element === newest || !isPrimary(element)) return element;
    return { ...(element as JsonObject), primary: false };
  });
}

function isPrimary(element: JsonValue): boolean {
  return isJsonObject(element) && ownValue(element, 'primary') === true;
}
