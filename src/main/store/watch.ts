import { type ChangedEntity, changedEntity } from '../../shared/contract/index.ts';
import type { Database } from './database.ts';

/** How often the databases are asked whether they changed; two pragmas, no disk access. */
const INTERVAL_MS = 500;

/** What lies in identity.db: everything but the request log. */
const IDENTITY_ENTITIES = changedEntity.options.filter((entity) => entity !== 'activity');

/**
 * Tells screens to fetch again when data changed, by whichever process: SQLite is the meeting place, so SQLite is
 * asked. `data_version` moves with other connections' commits, `total_changes` with our own.
 */
export function watchData(
  databases: { identity: Database; activityLog: Database },
  changed: (entities: ChangedEntity[]) => void,
): { stop(): void } {
  const marks = Object.values(databases).map(createMark);
  let last = marks.map((mark) => mark());
  const timer = setInterval(() => {
    const current = marks.map((mark) => mark());
    const entities: ChangedEntity[] = [];
    if (current[0] !== last[0]) entities.push(...IDENTITY_ENTITIES);
    // A row in the request log also moves a token's last use.
    if (current[1] !== last[1]) entities.push('activity', 'tokens');
    last = current;
    if (entities.length > 0) changed([...new Set(entities)]);
  }, INTERVAL_MS);
  // Watching alone keeps no process alive.
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

function createMark(database: Database): () => string {
  const own = database.prepare<[], number>('SELECT total_changes()').pluck();
  return () => `${database.pragma('data_version', { simple: true })}/${own.get()}`;
}
