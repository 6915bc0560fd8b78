import type { Access } from '../access/access.ts';
import type { JobKind } from '../jobs/kind.ts';
import type { DirectorySample } from './mapping.ts';

/** In one piece of work: some milliseconds. */
const PIECE = 100;

interface Cursor {
  of: 'users' | 'groups';
  after: number;
}

/**
 * The job by which people and teams who are here follow an edited attribute mapping. Somebody whom observe mode holds
 * back stays held back.
 */
export function createFollowKind(deps: {
  access: Pick<Access, 'follow'>;
  sample: DirectorySample;
}): JobKind<Record<string, never>> {
  const { access, sample } = deps;
  return {
    name: 'follow-mapping',
    describe: () => 'Follow the attribute mapping',
    async run(job) {
      let cursor = (job.cursor ?? { of: 'users', after: 0 }) as Cursor;
      let done = job.done;
      for (let finished = false; !finished; ) {
        await job.chunk(() => {
          const isUsers = cursor.of === 'users';
          const rows = isUsers
            ? sample.usersAfter(cursor.after, PIECE)
            : sample.groupsAfter(cursor.after, PIECE);
          const ids = rows.map(({ id }) => id);
          access.follow(isUsers ? { users: ids } : { groups: ids }, job.actor);
          const last = rows.at(-1)?.pk;
          done += ids.length;
          if (last !== undefined) cursor = { of: cursor.of, after: last };
          else if (isUsers) cursor = { of: 'groups', after: 0 };
          else finished = true;
          return { cursor, done };
        });
      }
      return `${done} people and teams were looked at.`;
    },
  };
}
