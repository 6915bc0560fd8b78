import type { ExtensionStore, ExtensionValues, StoredExtension } from '../schemas/schemas.ts';
import type { JsonObject } from '../scim/json.ts';
import type { SchemaDefinition } from '../scim/schema/definition.ts';
import type { Database } from './database.ts';

interface Row {
  resourceType: 'User' | 'Group';
  definition: string;
  registeredAt: string;
  registeredBy: string;
}

/** Another random text after every change of a registered schema: a change that is undone leaves none behind. */
const VERSION = 'schemas.version';

/** Registered extensions on SQLite. */
export function createExtensionStore(database: Database): ExtensionStore {
  const version = database.prepare<[], string>(`SELECT value FROM setting WHERE key = '${VERSION}'`).pluck();
  const renew = database.prepare(
    `INSERT INTO setting (key, value) VALUES ('${VERSION}', '"' || hex(randomblob(12)) || '"')
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const all = database.prepare<[], Row>(
    `SELECT resource_type AS resourceType, definition, registered_at AS registeredAt, registered_by AS registeredBy
     FROM extension_schema ORDER BY pk`,
  );
  const insert = database.prepare(
    `INSERT INTO extension_schema (urn_key, resource_type, definition, registered_at, registered_by)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const update = database.prepare('UPDATE extension_schema SET definition = ? WHERE urn_key = ?');
  const remove = database.prepare('DELETE FROM extension_schema WHERE urn_key = ?');

  const currentVersion = () => version.get() ?? '';
  // One snapshot: the version must be that of these rows.
  const read = database.transaction(() => ({ version: currentVersion(), rows: all.all() }));

  return {
    version: currentVersion,
    read() {
      const { version: current, rows } = read();
      return { version: current, extensions: rows.map(extensionOf) };
    },
    insert({ resourceType, schema, registeredAt, registeredBy }) {
      insert.run(keyOf(schema.id), resourceType, JSON.stringify(schema), registeredAt, registeredBy);
      renew.run();
    },
    update(schema) {
      update.run(JSON.stringify(schema), keyOf(schema.id));
      renew.run();
    },
    remove(urn) {
      remove.run(keyOf(urn));
      renew.run();
    },
  };
}

function extensionOf({ resourceType, definition, registeredAt, registeredBy }: Row): StoredExtension {
  return { resourceType, schema: JSON.parse(definition) as SchemaDefinition, registeredAt, registeredBy };
}

function keyOf(urn: string): string {
  return urn.toLowerCase();
}

/** Values under an extension's URN, inside the resources of the directory plane. */
export function createExtensionValues(database: Database): ExtensionValues {
  const statements = {
    User: prepareFor(database, 'directory_user'),
    Group: prepareFor(database, 'directory_group'),
  };
  return {
    *all(resourceType, urn) {
      for (const { id, held } of statements[resourceType].all.iterate({ path: pathOf(urn) })) {
        yield { id, values: JSON.parse(held) as JsonObject };
      }
    },
    count: (resourceType, urn) => statements[resourceType].count.get({ path: pathOf(urn) }) ?? 0,
    clear: (resourceType, urn, time) =>
      statements[resourceType].clearAll.run({ path: pathOf(urn), time }).changes,
    put(resourceType, urn, id, values, time) {
      const { set, clear } = statements[resourceType];
      const path = pathOf(urn);
      if (values === undefined) clear.run({ id, path, time });
      else set.run({ id, path, time, values: JSON.stringify(values) });
    },
  };
}

/** @param table a table of ours: its name goes into SQL text. */
function prepareFor(database: Database, table: 'directory_user' | 'directory_group') {
  // Never before the previous change, even when the clock was set back. The kept answer goes: by the same schema,
  // registered again, it would tell of values that are gone.
  const changed =
    "version = version + 1, last_modified = max(last_modified, @time), answer = '', answer_form = ''";
  return {
    all: database.prepare<{ path: string }, { id: string; held: string }>(
      `SELECT id, attributes -> @path AS held FROM ${table} WHERE json_type(attributes, @path) = 'object' ORDER BY pk`,
    ),
    set: database.prepare(
      `UPDATE ${table} SET attributes = json_set(attributes, @path, json(@values)), ${changed} WHERE id = @id`,
    ),
    count: database
      .prepare<{ path: string }, number>(
        `SELECT count(*) FROM ${table} WHERE json_type(attributes, @path) = 'object'`,
      )
      .pluck(),
    clearAll: database.prepare<{ path: string; time: string }>(
      `UPDATE ${table} SET attributes = json_remove(attributes, @path), ${changed}
       WHERE json_type(attributes, @path) = 'object'`,
    ),
    clear: database.prepare(
      `UPDATE ${table} SET attributes = json_remove(attributes, @path), ${changed} WHERE id = @id`,
    ),
  };
}

/** The URN as a path of SQLite's JSON functions; registered URNs hold nothing that would need escaping. */
function pathOf(urn: string): string {
  return `$."${urn}"`;
}
