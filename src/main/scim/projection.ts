/** Which attributes a response holds: RFC 7644 §3.9, RFC 7643 §7 `returned`. */
import { badRequest } from './error.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { commonAttributes } from './schema/common.ts';
import { type AttributeDefinition, findAttribute, type SchemaDefinition } from './schema/definition.ts';
import type { ResourceType } from './schema/resource-type.ts';

/** What `attributes` and `excludedAttributes` ask for, names as the client wrote them. */
export type Projection = {
  readonly mode: 'default' | 'only' | 'without';
  readonly names: readonly string[];
};

export const DEFAULT_PROJECTION: Projection = { mode: 'default', names: [] };

type NameList = string | readonly string[] | undefined;

/**
 * Reads the two parameters: comma-separated from a query, lists from a SearchRequest. A filter in brackets, as in
 * Microsoft's `attributes=emails[type eq "work"]` (2.3), is tolerated and left out.
 * @throws ScimError 400 invalidValue when both are given
 */
export function readProjection(parameters: {
  readonly attributes?: NameList;
  readonly excludedAttributes?: NameList;
}): Projection {
  const only = readNames(parameters.attributes);
  const without = readNames(parameters.excludedAttributes);
  if (only.length > 0 && without.length > 0) {
    throw badRequest('invalidValue', 'attributes and excludedAttributes exclude each other.');
  }
  if (only.length > 0) return { mode: 'only', names: only };
  return without.length > 0 ? { mode: 'without', names: without } : DEFAULT_PROJECTION;
}

function readNames(list: NameList): string[] {
  const texts = typeof list === 'string' ? [list] : (list ?? []);
  return texts
    .flatMap((text) => text.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]/g, '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The function that reduces representations of `type`; make it once per list. */
export function projector(
  type: ResourceType,
  projection: Projection,
): (representation: JsonObject) => JsonObject {
  const selection = select(type, projection);
  const core: Level = { definitions: type.schema.attributes, common: commonAttributes, container: undefined };
  const extensions = new Map<string, Level>(
    type.extensions.map(({ schema }) => [
      schema.id,
      { definitions: schema.attributes, common: [], container: schema.id },
    ]),
  );

  return (representation) => {
    const result: JsonObject = {};
    for (const [name, value] of Object.entries(representation)) {
      const extension = extensions.get(name);
      const kept =
        extension !== undefined && isJsonObject(value)
          ? reduceObject(value, extension, selection)
          : reduceAttribute(name, value, core, selection);
      if (kept !== undefined) result[name] = kept;
    }
    return result;
  };
}

/** One representation, reduced. */
export function project(type: ResourceType, representation: JsonObject, projection: Projection): JsonObject {
  return projector(type, projection)(representation);
}

/** Whether the attribute called `name` would survive, so that `members` and `groups` need not be loaded otherwise. */
export function wants(type: ResourceType, projection: Projection, name: string): boolean {
  const path = type.resolve(name);
  if (path === undefined) return false;
  return isVisible(path.attribute, path.key, select(type, projection));
}

/** The attributes asked for, by canonical key: wholly, or some of their sub-attributes. */
type Selection = {
  readonly mode: Projection['mode'];
  readonly chosen: ReadonlyMap<string, 'whole' | ReadonlySet<string>>;
};

type Level = {
  readonly definitions: readonly AttributeDefinition[];
  readonly common: readonly AttributeDefinition[];
  readonly container: string | undefined;
};

function select(type: ResourceType, { mode, names }: Projection): Selection {
  const chosen = new Map<string, 'whole' | Set<string>>();
  for (const name of names) {
    const schema = type.resolveSchema(name);
    if (schema !== undefined) for (const key of keysOf(type, schema)) chosen.set(key, 'whole');
    const path = type.resolve(name);
    if (path === undefined) continue;
    const key = keyOf(path.container, path.attribute);
    const already = chosen.get(key);
    if (path.subAttribute === undefined) chosen.set(key, 'whole');
    else if (already !== 'whole') chosen.set(key, new Set([...(already ?? []), path.subAttribute.name]));
  }
  return { mode, chosen };
}

function keysOf(type: ResourceType, schema: SchemaDefinition): string[] {
  const container = schema === type.schema ? undefined : schema.id;
  return schema.attributes.map((attribute) => keyOf(container, attribute));
}

function keyOf(container: string | undefined, attribute: AttributeDefinition): string {
  return container === undefined ? attribute.name : `${container}:${attribute.name}`;
}

function reduceObject(object: JsonObject, level: Level, selection: Selection): JsonObject | undefined {
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    const kept = reduceAttribute(name, value, level, selection);
    if (kept !== undefined) result[name] = kept;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function reduceAttribute(
  name: string,
  value: JsonValue,
  level: Level,
  selection: Selection,
): JsonValue | undefined {
  const definition = findAttribute(level.definitions, name) ?? findAttribute(level.common, name);
  if (definition === undefined) return undefined;
  const key = keyOf(level.container, definition);
  if (!isVisible(definition, key, selection)) return undefined;
  return reduceValue(definition, value, (sub) =>
    isSubVisible(sub, selection.mode, selection.chosen.get(key)),
  );
}

function isVisible({ returned }: AttributeDefinition, key: string, { mode, chosen }: Selection): boolean {
  if (returned === 'always' || returned === 'never') return returned === 'always';
  if (mode === 'only') return chosen.has(key);
  return returned !== 'request' && !(mode === 'without' && chosen.get(key) === 'whole');
}

function isSubVisible(
  { name, returned }: AttributeDefinition,
  mode: Projection['mode'],
  chosen: 'whole' | ReadonlySet<string> | undefined,
): boolean {
  if (returned === 'always' || returned === 'never') return returned === 'always';
  const named = chosen !== undefined && chosen !== 'whole' && chosen.has(name);
  if (mode === 'only' && chosen !== 'whole') return named;
  return returned !== 'request' && !(mode === 'without' && named);
}

function reduceValue(
  definition: AttributeDefinition,
  value: JsonValue,
  keeps: (sub: AttributeDefinition) => boolean,
): JsonValue | undefined {
  const { subAttributes } = definition;
  if (subAttributes === undefined || subAttributes.every(keeps)) return value;
  const names = new Set(subAttributes.filter(keeps).map(({ name }) => name));
  const reduce = (element: JsonValue): JsonValue[] => {
    if (!isJsonObject(element)) return [element];
    const kept = Object.entries(element).filter(([name]) => names.has(name));
    return kept.length === 0 ? [] : [Object.fromEntries(kept)];
  };
  if (!Array.isArray(value)) return reduce(value)[0];
  const elements = value.flatMap(reduce);
  return elements.length === 0 && value.length > 0 ? undefined : elements;
}
