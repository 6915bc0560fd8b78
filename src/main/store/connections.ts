import type { ConnectionStore, StoredConnection } from '../sso/connections.ts';
import type { Database } from './database.ts';

/** The stored SSO connection: one at a time. */
export function createConnectionStore(database: Database): ConnectionStore {
  type Row = Omit<StoredConnection, 'details' | 'tryOut'> & { details: string; tryOut: 0 | 1 };
  const get = database.prepare<[], Row>(
    `SELECT provider, try_out AS tryOut, details, metadata, saved_at AS savedAt, saved_by AS savedBy FROM sso_connection`,
  );
  const put = database.prepare(
    `INSERT OR REPLACE INTO sso_connection (only, provider, try_out, details, metadata, saved_at, saved_by)
     VALUES (1, @provider, @tryOut, @details, @metadata, @savedAt, @savedBy)`,
  );
  return {
    get() {
      const row = get.get();
      return (
        row && {
          ...row,
          tryOut: row.tryOut === 1,
          details: JSON.parse(row.details) as StoredConnection['details'],
        }
      );
    },
    put: (connection) => {
      put.run({
        ...connection,
        tryOut: connection.tryOut ? 1 : 0,
        details: JSON.stringify(connection.details),
      });
    },
  };
}
