import type {
  AnswerRow,
  Order,
  Place,
  RenderedText,
  ResourceStore,
  Selection,
  StoredResource,
} from '../directory/store.ts';
import type { Attributes } from '../scim/resource.ts';
import type { Database } from './database.ts';
import { compileFilter, type FilterSql, type Lookups, type SqlValue } from './filter-sql.ts';
import { createRowCounts, type RowCounts } from './row-counts.ts';

/** What tells one resource table from another. */
export interface ResourceTable {
  /** A table of ours: its name goes into SQL text. */
  table: 'directory_user' | 'directory_group';
  /** The column that holds the unique attribute, and its value for a resource. */
  uniqueColumn: string;
  /** The name by which a person knows the resource, as the IdP wrote it. */
  nameOf(attributes: Attributes): string;
  uniqueKey(attributes: Attributes): string;
  /** The other columns that repeat an attribute for the sake of look-ups. */
  columns(attributes: Attributes): Record<string, string | number | null>;
  lookups: Lookups;
  /** The indexed columns that sort as an attribute does, by its path. */
  sortColumns: Readonly<Record<string, string>>;
  /** Called after a row was written, inside the same transaction; `before` is undefined for a new one. */
  written?(pk: number, before: Attributes | undefined, after: Attributes): void;
  /** Called after a row was removed. */
  removed?(pk: number): void;
}

interface StoredRow {
  id: string;
  attributes: string;
  version: number;
  created: string;
  last_modified: string;
}

/**
 * As SQLite hands out an {@link AnswerRow}: an array is cheaper than an object a row. Every value costs about a third of
 * a look-up, so what only a row without text needs is asked for when there is one.
 */
type RawAnswer = [pk: number, id: string, text: string | null];

/** How many rows one piece of a long search holds: a few milliseconds of work. */
const PIECE = 250;

/** A resource type kept as one table: the resource as JSON, its answer as text, and a few columns to find it by. */
export function createResourceStore(database: Database, definition: ResourceTable): ResourceStore {
  const { table, uniqueColumn } = definition;
  const lookupColumns = Object.keys(definition.columns({}));
  const names = [
    'name',
    uniqueColumn,
    ...lookupColumns,
    'attributes',
    'answer',
    'answer_form',
    'version',
    'last_modified',
  ];
  const counts = createRowCounts(database, table);
  const find = (id: string): StoredResource | undefined => {
    const row = statements.find.get(id);
    return row && stored(row);
  };
  const queries = createQueries(database, table, find);

  const statements = {
    find: database.prepare<[string], StoredRow>(
      `SELECT id, attributes, version, created, last_modified FROM ${table} WHERE id = ?`,
    ),
    taken: database
      .prepare<[string, string], number>(`SELECT 1 FROM ${table} WHERE ${uniqueColumn} = ? AND id <> ?`)
      .pluck(),
    insert: database.prepare(
      `INSERT INTO ${table} (id, created, ${names.join(', ')}) VALUES (@id, @created, ${names.map((name) => `@${name}`).join(', ')})`,
    ),
    first: database.prepare<[], number>(`SELECT pk FROM ${table} ORDER BY pk LIMIT 1`).pluck(),
    last: database.prepare<[], number>(`SELECT pk FROM ${table} ORDER BY pk DESC LIMIT 1`).pluck(),
    remove: database.prepare<[string], number>(`DELETE FROM ${table} WHERE id = ? RETURNING pk`).pluck(),
  };
  /** By the columns that it changes: an index is touched only where its value moved. */
  const updates = new Map<string, ReturnType<typeof prepareUpdate>>();
  const prepareUpdate = (columns: string[]) =>
    database
      .prepare<[Record<string, unknown>], number>(
        `UPDATE ${table} SET ${columns.map((name) => `${name} = @${name}`).join(', ')} WHERE id = @id RETURNING pk`,
      )
      .pluck();

  const keys = (attributes: Attributes): Record<string, string | number | null> => ({
    name: definition.nameOf(attributes),
    [uniqueColumn]: definition.uniqueKey(attributes),
    ...definition.columns(attributes),
  });
  const bindings = (resource: StoredResource, rendered: RenderedText) => ({
    id: resource.id,
    created: resource.created,
    last_modified: resource.lastModified,
    version: resource.version,
    attributes: JSON.stringify(resource.attributes),
    answer: rendered.text,
    answer_form: rendered.form,
  });

  return {
    find,
    isTaken: (attributes, exceptId) =>
      statements.taken.get(definition.uniqueKey(attributes), exceptId ?? '') !== undefined,
    insert(resource, rendered) {
      const { lastInsertRowid } = statements.insert.run({
        ...bindings(resource, rendered),
        ...keys(resource.attributes),
      });
      definition.written?.(Number(lastInsertRowid), undefined, resource.attributes);
    },
    update(before, after, rendered) {
      const old = keys(before.attributes);
      const moved = Object.entries(keys(after.attributes)).filter(([name, value]) => old[name] !== value);
      const values = { ...bindings(after, rendered), ...Object.fromEntries(moved) };
      const columns = Object.keys(values).filter((name) => name !== 'id' && name !== 'created');
      const shape = columns.join();
      const update = updates.get(shape) ?? prepareUpdate(columns);
      updates.set(shape, update);
      const pk = update.get(values);
      if (pk !== undefined) definition.written?.(pk, before.attributes, after.attributes);
    },
    remove(id) {
      const pk = statements.remove.get(id);
      if (pk !== undefined) definition.removed?.(pk);
    },
    answer: (id, form) => queries.byId(id, form),
    answers: (pks, form) => pks.flatMap((pk) => queries.byPk(pk, form) ?? []),
    oldest: () => statements.first.get(),
    newest: () => statements.last.get() ?? 0,
    select(filter, form) {
      const condition = filter && compileFilter(filter, definition.lookups);
      return createSelection(queries, counts, condition, form);
    },
    sortValue: (pk, column) => queries.value(pk, column) ?? undefined,
    sortColumn: (key) =>
      Object.hasOwn(definition.sortColumns, key) ? definition.sortColumns[key] : undefined,
  };
}

function stored(row: StoredRow): StoredResource {
  return {
    id: row.id,
    attributes: JSON.parse(row.attributes) as Attributes,
    version: row.version,
    created: row.created,
    lastModified: row.last_modified,
  };
}

interface Queries {
  table: string;
  byId(id: string, form: string): ReturnType<ResourceStore['answer']>;
  byPk(pk: number, form: string): AnswerRow | undefined;
  /** Rows of a condition, which is our SQL text and never holds a value. */
  rows(form: string, tail: string, parameters: readonly SqlValue[]): AnswerRow[];
  count(where: string, parameters: readonly SqlValue[]): number;
  pks(where: string, parameters: readonly SqlValue[]): number[];
  value(pk: number, column: string): SqlValue | undefined;
}

/** How many different queries are kept prepared; IdPs ask the same few for ever. */
const PREPARED = 200;

function createQueries(
  database: Database,
  table: string,
  find: (id: string) => StoredResource | undefined,
): Queries {
  const columns = 'pk, id, iif(answer_form = ?, answer, NULL)';
  const select = `SELECT ${columns} FROM ${table}`;
  const prepared = new Map<string, unknown>();
  const remember = <T>(sql: string, prepare: (sql: string) => T): T => {
    const known = prepared.get(sql) as T | undefined;
    if (known !== undefined) return known;
    if (prepared.size >= PREPARED) prepared.clear();
    const made = prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  const byId = database
    .prepare<[string, string], [...RawAnswer, version: number, name: string]>(
      `SELECT ${columns}, version, name FROM ${table} WHERE id = ?`,
    )
    .raw();
  const byPk = database.prepare<[string, number], RawAnswer>(`${select} WHERE pk = ?`).raw();
  /** Undefined when another process has deleted it between two looks. */
  const answerRow = ([pk, id, text]: RawAnswer): AnswerRow | undefined => {
    if (text !== null) return { pk, id, text };
    const resource = find(id);
    return resource && { pk, id, resource };
  };

  return {
    table,
    byId(id, form) {
      const found = byId.get(form, id);
      if (!found) return undefined;
      const [pk, rowId, text, version, name] = found;
      const row = answerRow([pk, rowId, text]);
      return row && { row, version, name };
    },
    byPk(pk, form) {
      const row = byPk.get(form, pk);
      return row && answerRow(row);
    },
    rows: (form, tail, parameters) =>
      remember(`${select} ${tail}`, (sql) => database.prepare<SqlValue[], RawAnswer>(sql).raw())
        .all(form, ...parameters)
        .flatMap((row) => answerRow(row) ?? []),
    count: (where, parameters) =>
      remember(`SELECT count(*) FROM ${table} WHERE ${where}`, (sql) =>
        database.prepare<SqlValue[], number>(sql).pluck(),
      ).get(...parameters) ?? 0,
    pks: (where, parameters) =>
      remember(`SELECT pk FROM ${table} WHERE ${where} ORDER BY pk`, (sql) =>
        database.prepare<SqlValue[], number>(sql).pluck(),
      ).all(...parameters),
    value: (pk, column) =>
      remember(`SELECT ${column} FROM ${table} WHERE pk = ?`, (sql) =>
        database.prepare<[number], SqlValue>(sql).pluck(),
      ).get(pk),
  };
}

function createSelection(
  queries: Queries,
  counts: RowCounts,
  condition: FilterSql | undefined,
  form: string,
): Selection {
  const where = condition?.where ?? '1';
  const parameters = condition?.parameters ?? [];
  // With a condition the row numbers are sorted first: sorting whole rows would carry their texts along.
  const tail =
    condition && !condition.narrow
      ? (table: string) =>
          `WHERE pk IN (SELECT pk FROM ${table} WHERE ${where} AND pk > ? ORDER BY pk LIMIT ? OFFSET ?) ORDER BY pk`
      : () => `WHERE ${where} AND pk > ? ORDER BY pk LIMIT ? OFFSET ?`;
  const behind = (pk: number, limit: number, offset = 0): AnswerRow[] =>
    queries.rows(form, tail(queries.table), [...parameters, pk, limit, offset]);

  let kept: number[] | undefined;
  const allPks = (): number[] => {
    kept ??= queries.pks(where, parameters);
    return kept;
  };
  const amongAll = (from: Place | number, limit: number): AnswerRow[] => {
    const pks = typeof from === 'number' ? allPks().slice(from) : allPks().filter((pk) => pk > from.pk);
    return pks.slice(0, limit).flatMap((pk) => queries.byPk(pk, form) ?? []);
  };

  return {
    exact: condition?.exact ?? true,
    count() {
      if (condition?.costly) return allPks().length;
      return condition ? queries.count(where, parameters) : counts.total();
    },
    rows({ from, limit, order }) {
      if (limit === 0) return [];
      if (condition?.costly && !order) return amongAll(from, limit);
      if (order) return sortedRows(queries, form, { where, parameters }, { from, limit, order });
      if (typeof from !== 'number') return behind(from.pk, limit);
      if (condition || from === 0) return behind(0, limit, from);
      const start = counts.seek(from);
      return start ? behind(start.pk - 1, limit, start.skip) : [];
    },
    *pieces(after = 0) {
      if (condition && condition.where !== '1') {
        // The index is asked once; the rows are fetched in pieces.
        const pks = queries.pks(`${where} AND pk > ?`, [...parameters, after]);
        for (let start = 0; start < pks.length; start += PIECE) {
          yield pks.slice(start, start + PIECE).flatMap((pk) => queries.byPk(pk, form) ?? []);
        }
        return;
      }
      for (let last = after; ; ) {
        const rows = behind(last, PIECE);
        if (rows.length > 0) yield rows;
        const end = rows.at(-1);
        if (end === undefined || rows.length < PIECE) return;
        last = end.pk;
      }
    },
  };
}

/** In the order of an indexed column: unassigned values last when ascending, first when descending (RFC 7644 3.4.2.3). */
function sortedRows(
  queries: Queries,
  form: string,
  condition: { where: string; parameters: readonly SqlValue[] },
  page: { from: Place | number; limit: number; order: Order },
): AnswerRow[] {
  const { from, limit, order } = page;
  const { column, descending } = order;
  const orderBy = `ORDER BY ${column} ${descending ? 'DESC NULLS FIRST' : 'ASC NULLS LAST'}, pk LIMIT ?`;
  if (typeof from === 'number') {
    return queries.rows(form, `WHERE ${condition.where} ${orderBy} OFFSET ?`, [
      ...condition.parameters,
      limit,
      from,
    ]);
  }
  const key = (from.key ?? null) as SqlValue | null;
  const beyond = descending ? `${column} < ?` : `(${column} > ? OR ${column} IS NULL)`;
  // Behind an unassigned value: in ascending order only further ones, in descending order every assigned one too.
  const [after, keys]: [string, SqlValue[]] =
    key === null
      ? [`((${column} IS NULL AND pk > ?)${descending ? ` OR ${column} IS NOT NULL` : ''})`, [from.pk]]
      : [`(${beyond} OR (${column} = ? AND pk > ?))`, [key, key, from.pk]];
  return queries.rows(form, `WHERE ${condition.where} AND ${after} ${orderBy}`, [
    ...condition.parameters,
    ...keys,
    limit,
  ]);
}
