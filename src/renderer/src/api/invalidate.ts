import type { QueryClient } from '@tanstack/react-query';
import type { ChangedEntity } from '../../../shared/contract/index.ts';

type Root =
  | 'overview'
  | 'setup'
  | 'sso'
  | 'policy'
  | 'profiles'
  | 'schemas'
  | 'tokens'
  | 'members'
  | 'employees'
  | 'mapping'
  | 'guard'
  | 'standing'
  | 'review'
  | 'conflicts'
  | 'observe'
  | 'teams'
  | 'grants'
  | 'operators'
  | 'jobs'
  | 'mail';

/**
 * Which cached data shows something of an entity. Log rows never change and new ones come as events, so `activity`
 * touches only the figures derived from the log.
 */
const SHOWN_BY: Record<ChangedEntity, readonly Root[]> = {
  organization: ['overview', 'setup', 'sso', 'operators'],
  operators: ['operators'],
  sso: ['sso', 'overview', 'setup'],
  policy: ['policy', 'mapping', 'grants', 'conflicts', 'observe', 'profiles', 'overview', 'setup', 'mail'],
  schemas: ['schemas', 'mapping'],
  tokens: ['tokens', 'profiles', 'overview', 'setup'],
  employees: ['employees', 'members'],
  members: [
    'members',
    'employees',
    'mapping',
    'review',
    'conflicts',
    'guard',
    'standing',
    'observe',
    'teams',
    'grants',
    'overview',
    'setup',
  ],
  teams: ['grants', 'teams', 'review', 'observe', 'members', 'overview'],
  grants: ['grants', 'members', 'teams'],
  listener: ['overview', 'sso', 'jobs'],
  jobs: ['jobs'],
  mail: ['mail'],
  activity: ['overview', 'setup', 'tokens', 'profiles'],
};

/** The first parts of the query keys to fetch again when these entities have changed; each once. */
export function staleRoots(entities: Iterable<ChangedEntity>): Root[] {
  const roots = new Set<Root>();
  for (const entity of entities) for (const root of SHOWN_BY[entity]) roots.add(root);
  return [...roots];
}

/** Fetches again what shows these entities; resolves when everything on screen is up to date. */
export async function invalidate(queryClient: QueryClient, entities: Iterable<ChangedEntity>): Promise<void> {
  await Promise.all(staleRoots(entities).map((root) => queryClient.invalidateQueries({ queryKey: [root] })));
}

/**
 * Gathers changes for `delay` milliseconds and hands them over in one go. While one hand-over is under way the next
 * one waits: under a steady stream of changes a slow answer would otherwise be cancelled again and again.
 */
export function coalesceChanges(
  flush: (entities: ReadonlySet<ChangedEntity>) => Promise<void>,
  delay = 100,
): (entities: readonly ChangedEntity[]) => void {
  let pending = new Set<ChangedEntity>();
  let scheduled = false;

  async function run(): Promise<void> {
    const entities = pending;
    pending = new Set();
    // A failed fetch is shown by the screen that made it; the stream of changes goes on.
    await flush(entities).catch(() => {});
    scheduled = false;
    if (pending.size > 0) schedule();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setTimeout(() => void run(), delay);
  }

  return (entities) => {
    for (const entity of entities) pending.add(entity);
    if (pending.size > 0) schedule();
  };
}
