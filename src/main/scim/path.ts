/** PATCH paths: RFC 7644 §3.5.2, `PATH = attrPath / valuePath [subAttr]`. */
import { badRequest, ScimError } from './error.ts';
import type { Filter, ResolvedFilter } from './filter/ast.ts';
import { type Token, tokenize } from './filter/lexer.ts';
import { FilterParser } from './filter/parser.ts';
import { resolveElementFilter } from './filter/resolve.ts';
import { type Tolerate, tolerateLeniently } from './profile.ts';
import { findSubAttribute, hasDerivedReference } from './schema/definition.ts';
import { requireKnownName } from './schema/name-rules.ts';
import { readReference } from './schema/references.ts';
import { type ResolvedPath, type ResourceType, withSubAttribute } from './schema/resource-type.ts';

/** A parsed path, names as the client wrote them. */
export type PatchPath = {
  readonly name: string;
  readonly filter: Filter | undefined;
  /** What stands behind `]`; a sub-attribute without filter is part of `name`. */
  readonly subAttribute: string | undefined;
};

/** A path bound to a resource type. */
export type PatchTarget = { readonly path: ResolvedPath; readonly filter: ResolvedFilter | undefined };

/**
 * Parses a path. Dots and brackets inside the filter's literals do not count (thomaspoignant/scim-patch #42, #161).
 * @throws ScimError 400 invalidPath, or invalidFilter when only what stands in brackets is wrong
 */
export function parsePath(text: string, tolerate: Tolerate = tolerateLeniently): PatchPath {
  const [name, bracket, ...rest] = tokenizePath(text);
  if (name?.kind !== 'word') throw invalidPath(text);
  if (bracket === undefined) return { name: name.text, filter: undefined, subAttribute: undefined };
  if (bracket.kind !== '[' || rest.length === 0) throw invalidPath(text);

  const tokens = [name, bracket, ...rest];
  const parser = new FilterParser(tokens, tolerate, 2);
  const filter = parser.disjunction();
  const [closing, suffix, excess] = tokens.slice(parser.position);
  if (closing?.kind !== ']' || excess !== undefined) throw invalidPath(text);
  return { name: name.text, filter, subAttribute: suffix && readSuffix(suffix, text) };
}

/**
 * Binds a path to a resource type.
 * @throws ScimError 400 invalidPath when there is no such attribute, invalidFilter when the filter does not fit it
 */
export function resolvePath(
  { name, filter, subAttribute }: PatchPath,
  type: ResourceType,
  tolerate: Tolerate = tolerateLeniently,
): PatchTarget {
  const path = type.resolve(name);
  if (path === undefined) throw badRequest('invalidPath', `There is no attribute ${name} in a ${type.name}.`);
  requireKnownName(path, name, 'invalidPath', tolerate);
  if (filter === undefined) return { path, filter: undefined };
  if (!path.attribute.multiValued || path.subAttribute !== undefined) {
    throw badRequest('invalidPath', `${name} is not multi-valued, so [...] cannot choose among its values.`);
  }
  const resolved = throughValue(resolveElementFilter(filter, path, tolerate), type);
  if (subAttribute === undefined) return { path, filter: resolved };
  const sub = findSubAttribute(path.attribute, subAttribute);
  if (sub === undefined) {
    throw badRequest('invalidPath', `There is no sub-attribute ${subAttribute} in ${path.attribute.name}.`);
  }
  return { path: withSubAttribute(path, sub), filter: resolved };
}

/** What a filter asks about a `$ref` that only restates `value`, asked about `value`: that is what is stored. */
function throughValue(filter: ResolvedFilter, type: ResourceType): ResolvedFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, operands: filter.operands.map((operand) => throughValue(operand, type)) };
    case 'not':
      return { ...filter, operand: throughValue(filter.operand, type) };
    case 'present': {
      const value = valueBehind(filter.path);
      return value === undefined ? filter : { ...filter, path: value };
    }
    case 'compare': {
      const path = valueBehind(filter.path);
      const id = filter.operator === 'eq' ? readReference(String(filter.value), type)?.id : undefined;
      return path === undefined || id === undefined ? filter : { ...filter, path, value: id };
    }
    default:
      return filter;
  }
}

/** The path of `value` when this one is that of a `$ref` beside it. */
function valueBehind(path: ResolvedPath): ResolvedPath | undefined {
  if (path.subAttribute?.name !== '$ref' || !hasDerivedReference(path.attribute)) return undefined;
  const value = findSubAttribute(path.attribute, 'value');
  return value && withSubAttribute(path, value);
}

function tokenizePath(text: string): Token[] {
  try {
    return tokenize(text);
  } catch (error) {
    throw error instanceof ScimError
      ? badRequest('invalidPath', error.detail.replaceAll('filter', 'path'))
      : error;
  }
}

function readSuffix(token: Token, text: string): string {
  if (token.kind !== 'word' || !token.text.startsWith('.')) throw invalidPath(text);
  return token.text.slice(1);
}

function invalidPath(text: string): ScimError {
  return badRequest('invalidPath', `${JSON.stringify(text.slice(0, 100))} is no attribute path.`);
}
