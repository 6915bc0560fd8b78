import type { Migration } from '../../migrate.ts';
import { requests } from './0001-requests.ts';
import { rules } from './0002-rules.ts';

/** The schema of `activity.db`, oldest step first. */
export const activityMigrations: readonly Migration[] = [requests, rules];
