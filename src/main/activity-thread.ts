import { parentPort, workerData } from 'node:worker_threads';
import type { ActivityEntry } from './activity/activity.ts';
import type {
  ActivityThreadMessage,
  ActivityThreadReply,
  ActivityThreadStart,
} from './activity/thread-sink.ts';
import { createActivityStore } from './store/activity-log.ts';
import { openDatabase } from './store/database.ts';
import { activityMigrations } from './store/migrations/activity/index.ts';

/** The thread entry of the request log: it writes what it is handed, batch by batch, and nothing else. */
function run(port: NonNullable<typeof parentPort>, start: ActivityThreadStart): void {
  const database = openDatabase(start.file, {
    migrations: activityMigrations,
    durability: 'normal',
    nativeBinding: start.sqliteBinding,
  });
  const store = createActivityStore(database);
  const append = (entries: string): ActivityThreadReply => {
    try {
      return { first: store.append(JSON.parse(entries) as ActivityEntry[]) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
  port.on('message', (message: ActivityThreadMessage) => {
    if ('entries' in message) {
      port.postMessage(append(message.entries));
      return;
    }
    database.close();
    port.close();
  });
}

if (parentPort) run(parentPort, workerData as ActivityThreadStart);
