import module from 'node:module';
import { extname, join } from 'node:path';

/** The command-line entry: arguments in, exit code out. Plain Node, no Electron, no display. */

// Before anything else is loaded: compiled code of the last start halves the time of this one. Node keeps it in the
// folder for temporary files, and does without where that can't be written.
module.enableCompileCache?.();

const { run } = await import('./cli/run.ts');
await run({ activityThread: join(import.meta.dirname, `activity-thread${extname(import.meta.filename)}`) });
