import type { Migration } from '../../migrate.ts';

/** A token may have an IdP profile in place of the organization's (D10). */
export const tokenProfile: Migration = {
  id: 3,
  name: '0003-token-profile',
  up(database) {
    // No CHECK: SQLite can't change one later, and the list of profiles grows.
    database.exec('ALTER TABLE token ADD COLUMN profile TEXT');
  },
};
