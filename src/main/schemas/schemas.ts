import { AppError } from '../../shared/app-error.ts';
import type {
  AttributeUsage,
  ExtendedResource,
  Schema,
  SchemaPreview,
} from '../../shared/contract/schemas.ts';
import type { Audit } from '../audit/audit.ts';
import type { JsonObject } from '../scim/json.ts';
import type { SchemaDefinition } from '../scim/schema/definition.ts';
import { createRegistry, type ExtensionDefinition, type Registry } from '../scim/schema/registry.ts';
import { customSchema, standardSchemas } from './catalog.ts';
import { holds, type Loss, lossesOf, nameOfLoss, withoutLoss } from './lost-values.ts';
import { readSchema, type SchemaReading } from './read-schema.ts';

/** A registered extension as it lies in SQLite. */
export interface StoredExtension extends ExtensionDefinition {
  registeredAt: string;
  registeredBy: string;
}

/** The registered extensions; implemented by the store. Writes run inside the caller's transaction. */
export interface ExtensionStore {
  /** Differs after every change, by whichever process. */
  version(): string;
  /** In order of registration, with the version they belong to. */
  read(): { version: string; extensions: StoredExtension[] };
  insert(extension: StoredExtension): void;
  /** Puts another definition under the same URN. */
  update(schema: SchemaDefinition): void;
  remove(urn: string): void;
}

/** What resources hold under an extension's URN; implemented by the store. */
export interface ExtensionValues {
  /** Every resource that holds something, with what it holds. Reads the whole table. */
  all(resourceType: ExtendedResource, urn: string): Iterable<{ id: string; values: JsonObject }>;
  /** How many resources hold something. Reads the whole table. */
  count(resourceType: ExtendedResource, urn: string): number;
  /** Deletes what all resources hold and raises their versions; answers how many that were. */
  clear(resourceType: ExtendedResource, urn: string, time: string): number;
  /** Puts other values in place of a resource's, or nothing; raises its version. `time` as in `meta.lastModified`. */
  put(
    resourceType: ExtendedResource,
    urn: string,
    id: string,
    values: JsonObject | undefined,
    time: string,
  ): void;
}

export interface Schemas {
  /**
   * The schemas in force, from SQLite: what another process registered holds at the next request. The same object as
   * long as nothing changed.
   */
  registry(): Registry;
  list(): Schema[];
  /** @throws {AppError} `not-found` */
  get(urn: string): Schema;
  preview(resourceType: ExtendedResource, definition: unknown): SchemaPreview;
  /** @throws {AppError} `invalid-input` with every problem, `too-large` beyond {@link MAX_EXTENSIONS} */
  register(resourceType: ExtendedResource, definition: unknown): Promise<Schema>;
  /**
   * Puts another definition in place of the one with the same URN. Values that no longer fit are deleted.
   * @throws {AppError} `invalid-input`, `not-found`; `conflict` when values would be deleted and `force` is not set, or
   *   the attribute mapping reads what would be gone
   */
  replace(definition: unknown, force: boolean): Promise<Schema>;
  /** @throws {AppError} `not-found` */
  usage(urn: string): { resources: number; attributes: AttributeUsage[] };
  /**
   * Removes an extension and the values that resources hold; answers how many did.
   * @throws {AppError} `not-found`, `invalid-input` for a standard schema, `conflict` when values are held without `force`,
   *   or the attribute mapping reads from it
   */
  remove(urn: string, force: boolean): Promise<{ id: string; resources: number }>;
}

/** Each request looks through them; real installs have one or two. */
export const MAX_EXTENSIONS = 20;

/** Schemas beyond the standard's, registered by an administrator (RFC 7643 §3.3). */
export function createSchemas(deps: {
  store: ExtensionStore;
  values: ExtensionValues;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  operator(): string;
  /** What the attribute mapping could no longer read with these schemas, by name. */
  brokenTargets(registry: Registry): readonly string[];
}): Schemas {
  const { store, values, audit, write } = deps;
  let last: { version: string; registry: Registry } | undefined;

  function registry(): Registry {
    if (last !== undefined && last.version === store.version()) return last.registry;
    const { version, extensions } = store.read();
    last = { version, registry: createRegistry(extensions) };
    return last.registry;
  }

  const extensions = () => store.read().extensions;
  const find = (urn: string) => extensions().find(({ schema }) => isSameUrn(schema.id, urn));

  const list = () => [...standardSchemas(), ...extensions().map(customSchema)];

  function requireCustom(urn: string): StoredExtension {
    const extension = find(urn);
    if (extension !== undefined) return extension;
    const isStandard = registry().schemas.some(({ id }) => isSameUrn(id, urn));
    throw isStandard
      ? new AppError('invalid-input', `${urn} is a standard schema: it can't be changed or removed.`)
      : new AppError('not-found', `No schema ${urn} is registered.`);
  }

  function read(
    resourceType: ExtendedResource,
    definition: unknown,
    replaced?: StoredExtension,
  ): SchemaReading {
    const others = extensions().filter(({ schema }) => schema.id !== replaced?.schema.id);
    const reading = readSchema(
      definition,
      resourceType,
      others.map(({ schema }) => schema.id),
    );
    // Values lie under the URN as it was spelled first.
    if (reading.schema && replaced) reading.schema = { ...reading.schema, id: replaced.schema.id };
    return reading;
  }

  /** @throws {AppError} `conflict` when the attribute mapping reads what would be gone */
  function refuseToBreakMapping(urn: string, after: readonly StoredExtension[]): void {
    const targets = deps.brokenTargets(createRegistry(after));
    if (targets.length === 0) return;
    throw new AppError(
      'conflict',
      `The attribute mapping reads ${targets.join(', ')} from ${urn}. Change that first, under Settings → Attribute mapping.`,
    );
  }

  /** How many resources hold something of each loss; those of nobody are left out. */
  function held({ resourceType, schema }: ExtensionDefinition, losses: readonly Loss[]): AttributeUsage[] {
    const usage = losses.map((loss) => ({ loss, attribute: nameOfLoss(loss), resources: 0 }));
    if (losses.length === 0) return [];
    for (const { values: own } of values.all(resourceType, schema.id)) {
      for (const each of usage) if (holds(own, each.loss)) each.resources += 1;
    }
    return usage
      .filter(({ resources }) => resources > 0)
      .map(({ attribute, resources }) => ({ attribute, resources }));
  }

  /** Deletes what is lost; answers from how many resources. */
  function drop({ resourceType, schema }: ExtensionDefinition, losses: readonly Loss[]): number {
    const time = deps.now().toISOString();
    let resources = 0;
    // Listed first: rows can't be written while they are being read.
    for (const { id, values: own } of [...values.all(resourceType, schema.id)]) {
      const left = losses.reduce<JsonObject | undefined>(
        (kept, loss) => kept && withoutLoss(kept, loss),
        own,
      );
      if (left === own) continue;
      values.put(resourceType, schema.id, id, left, time);
      resources += 1;
    }
    return resources;
  }

  const lost = (before: StoredExtension, after: SchemaDefinition) =>
    held(before, lossesOf(before.schema, after));

  return {
    registry,
    list,
    get(urn) {
      const found = list().find(({ id }) => isSameUrn(id, urn));
      if (found === undefined) throw new AppError('not-found', `There is no schema ${urn}.`);
      return found;
    },
    preview(resourceType, definition) {
      const replaced = find(urnOf(definition));
      const type = replaced?.resourceType ?? resourceType;
      const { schema, problems, notes } = read(type, definition, replaced);
      if (replaced && replaced.resourceType !== resourceType) {
        problems.push(
          `${replaced.schema.id} extends ${replaced.resourceType}, and can't be moved to ${resourceType}.`,
        );
      }
      const usable = schema !== undefined && problems.length === 0;
      return {
        schema: usable
          ? customSchema({
              resourceType: type,
              schema,
              registeredAt: deps.now().toISOString(),
              registeredBy: deps.operator(),
            })
          : null,
        problems,
        notes,
        replaces: replaced !== undefined,
        losses: usable && replaced ? lost(replaced, schema) : [],
      };
    },
    register: (resourceType, definition) =>
      write(() => {
        const schema = requireSound(read(resourceType, definition));
        if (extensions().length >= MAX_EXTENSIONS) {
          throw new AppError('too-large', `${MAX_EXTENSIONS} schemas can be registered. Remove one first.`);
        }
        const extension: StoredExtension = {
          resourceType,
          schema,
          registeredAt: deps.now().toISOString(),
          registeredBy: deps.operator(),
        };
        store.insert(extension);
        audit.record('schema.registered', schema.id, { resourceType, attributes: namesOf(schema) });
        return customSchema(extension);
      }),
    replace: (definition, force) =>
      write(() => {
        const before = requireCustom(urnOf(definition));
        const schema = requireSound(read(before.resourceType, definition, before));
        refuseToBreakMapping(
          schema.id,
          extensions().map((each) => (each.schema.id === schema.id ? { ...each, schema } : each)),
        );
        const losses = lost(before, schema);
        if (losses.length > 0 && !force) {
          throw new AppError(
            'conflict',
            `Replacing ${schema.id} would delete values that are held: ${losses.map((each) => inWords(each, before)).join(', ')}. Force it to go on.`,
          );
        }
        const resources = losses.length === 0 ? 0 : drop(before, lossesOf(before.schema, schema));
        store.update(schema);
        audit.record('schema.replaced', schema.id, {
          resourceType: before.resourceType,
          attributes: namesOf(schema),
          valuesDeleted: losses.map(({ attribute }) => attribute),
          resources,
        });
        return customSchema({ ...before, schema });
      }),
    usage(urn) {
      const extension = requireCustom(urn);
      const all = extension.schema.attributes.map(
        ({ name }): Loss => ({ attribute: name, subAttribute: undefined }),
      );
      const resources = values.count(extension.resourceType, extension.schema.id);
      return { resources, attributes: resources === 0 ? [] : held(extension, all) };
    },
    remove: (urn, force) =>
      write(() => {
        const extension = requireCustom(urn);
        const { resourceType, schema } = extension;
        refuseToBreakMapping(
          schema.id,
          extensions().filter((each) => each.schema.id !== schema.id),
        );
        const holders = force ? 0 : values.count(resourceType, schema.id);
        if (holders > 0) {
          throw new AppError(
            'conflict',
            `${countOf(holders, resourceType)} a value of ${schema.id}, which would be deleted with it. Force it to go on.`,
          );
        }
        const resources = force ? values.clear(resourceType, schema.id, deps.now().toISOString()) : 0;
        store.remove(schema.id);
        audit.record('schema.removed', schema.id, { resourceType, resources });
        return { id: schema.id, resources };
      }),
  };
}

/** @throws {AppError} `invalid-input`, every problem on a line of its own */
function requireSound({ schema, problems }: SchemaReading): SchemaDefinition {
  if (schema !== undefined) return schema;
  throw new AppError('invalid-input', problems.join('\n'), { field: 'schema' });
}

function urnOf(definition: unknown): string {
  const id = typeof definition === 'object' && definition !== null && 'id' in definition ? definition.id : '';
  return typeof id === 'string' ? id : '';
}

function isSameUrn(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function namesOf({ attributes }: SchemaDefinition): string[] {
  return attributes.map(({ name }) => name);
}

function inWords({ attribute, resources }: AttributeUsage, { resourceType }: StoredExtension): string {
  return `${attribute} (${countOf(resources, resourceType)} a value)`;
}

/** `1 person holds`, `3 groups hold`. */
function countOf(resources: number, resourceType: ExtendedResource): string {
  const [one, many] = resourceType === 'User' ? ['person', 'people'] : ['group', 'groups'];
  return resources === 1 ? `1 ${one} holds` : `${resources.toLocaleString('en')} ${many} hold`;
}
