import type { StandingRow, StandingStore, TrailEvent } from '../access/standing.ts';
import type { Database } from './database.ts';

type Row = Omit<StandingRow, 'held' | 'active'> & { held: 0 | 1; active: 0 | 1 | null; known: 0 | 1 };

/** Where one member stands, on SQLite. */
export function createStandingStore(database: Database): StandingStore {
  const row = database.prepare<[string], Row>(
    `SELECT m.id, coalesce(nullif(m.display_name, ''), nullif(m.user_name, ''), m.id) AS name, m.state, m.origin, m.cause,
       m.cut_at AS cutAt, m.held, m.deactivate_at AS deactivateAt, m.delete_at AS deleteAt, m.recalled, m.user_id AS userId,
       u.active, u.id IS NOT NULL AS known, n.since AS notedSince
     FROM member m LEFT JOIN directory_user u ON u.id = m.user_id
       LEFT JOIN unapplied n ON n.kind = 'user' AND n.id = m.user_id
     WHERE m.id = ?`,
  );
  const trail = database.prepare<[string, string, number], Omit<TrailEvent, 'detail'> & { detail: string }>(
    `SELECT time, actor, event, detail FROM audit_event
     WHERE subject = ? AND event IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?`,
  );
  return {
    row(memberId) {
      const found = row.get(memberId);
      if (!found) return undefined;
      const { held, active, known, ...rest } = found;
      // Unassigned is not active (docs/decisions/0006).
      return { ...rest, held: held === 1, active: known === 0 ? null : active === 1 };
    },
    trail: (subject, events, limit) =>
      trail
        .all(subject, JSON.stringify(events), limit)
        .map(({ detail, ...event }) => ({ ...event, detail: JSON.parse(detail) as TrailEvent['detail'] })),
  };
}
