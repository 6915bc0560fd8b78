import { join } from 'node:path';
import { runInForeground } from '../child-process.ts';
import { checkoutDirectory } from '../paths.ts';
import { checkOutcome, type Step } from '../test-steps.ts';

const MINUTES = 60;
const USERS = 100_000;

/** An hour of mixed load: the server's memory stays where it is. */
export const soakProof: Step = {
  name: 'soak',
  title: `${MINUTES} minutes of mixed load on ${USERS.toLocaleString('en')} users: memory stays flat`,
  needs: [],
  async run() {
    const script = join(checkoutDirectory, 'scripts', 'bench-soak.ts');
    const args = [script, '--minutes', String(MINUTES), '--users', String(USERS)];
    return checkOutcome((await runInForeground(process.execPath, args, { cwd: checkoutDirectory })) === 0);
  },
};
