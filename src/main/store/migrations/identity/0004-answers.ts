import type { Migration } from '../../migrate.ts';

/**
 * What makes reading cheap at any size: names, resources as they are answered, counts by blocks of row numbers, trigrams.
 *
 * `answer` is the representation as text, made when the row is written; `answer_form` says by which schemas and which
 * release (see `directory/answer.ts`). Older rows have none and are rendered when they are read.
 *
 * `directory_*_count` counts rows by blocks of 128 (level 0) and of 16,384 (level 1) row numbers, so that neither a
 * total nor the row at an offset needs a walk over everything before it.
 */
export const answers: Migration = {
  id: 4,
  name: '0004-answers',
  up(database) {
    for (const [table, name] of [
      ['directory_user', '$.userName'],
      ['directory_group', '$.displayName'],
    ]) {
      database.exec(`
        ALTER TABLE ${table} ADD COLUMN name TEXT NOT NULL DEFAULT '';
        UPDATE ${table} SET name = attributes ->> '${name}';
        ALTER TABLE ${table} ADD COLUMN answer TEXT NOT NULL DEFAULT '';
        ALTER TABLE ${table} ADD COLUMN answer_form TEXT NOT NULL DEFAULT '';

        CREATE TABLE ${table}_count (
          level INTEGER NOT NULL,
          block INTEGER NOT NULL,
          n INTEGER NOT NULL,
          PRIMARY KEY (level, block)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO ${table}_count SELECT 0, pk >> 7, count(*) FROM ${table} GROUP BY pk >> 7;
        INSERT INTO ${table}_count SELECT 1, pk >> 14, count(*) FROM ${table} GROUP BY pk >> 14;

        CREATE TRIGGER ${table}_counted AFTER INSERT ON ${table} BEGIN
          INSERT INTO ${table}_count VALUES (0, new.pk >> 7, 1) ON CONFLICT DO UPDATE SET n = n + 1;
          INSERT INTO ${table}_count VALUES (1, new.pk >> 14, 1) ON CONFLICT DO UPDATE SET n = n + 1;
        END;
        CREATE TRIGGER ${table}_uncounted AFTER DELETE ON ${table} BEGIN
          UPDATE ${table}_count SET n = n - 1 WHERE level = 0 AND block = old.pk >> 7;
          UPDATE ${table}_count SET n = n - 1 WHERE level = 1 AND block = old.pk >> 14;
        END;
      `);
    }
    database.exec(`
      CREATE INDEX directory_user_last_modified ON directory_user (last_modified);
      CREATE INDEX directory_user_active ON directory_user (active);

      -- Folded by code like the columns it repeats; a row's e-mails stand in one value, a line each.
      CREATE VIRTUAL TABLE directory_user_text USING fts5 (
        user_name, display_name, emails,
        content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
      );
      INSERT INTO directory_user_text (rowid, user_name, display_name, emails)
        SELECT pk, user_name_key, coalesce(display_name_key, ''),
          coalesce((SELECT group_concat(value_key, char(10)) FROM directory_user_value v
            WHERE v.user_pk = directory_user.pk AND v.path = 'emails.value'), '')
        FROM directory_user;
    `);
  },
};
