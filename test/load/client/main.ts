import type { Task, TaskAnswer } from './messages.ts';
import { runCell } from './run-cell.ts';
import { runSync } from './run-sync.ts';

// The load client: a process of its own, so that it never shares an event loop with a server.
process.on('message', (task: Task) => {
  const run = task.kind === 'cell' ? runCell(task.cell) : runSync(task.sync);
  const answer = (message: TaskAnswer) => process.send?.(message);
  run.then(
    (result) => answer({ result }),
    (error: unknown) =>
      answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => process.exit());
