import { parseArgs } from 'node:util';
import { soak } from '../test/load/soak.ts';
import { createReport, runScript, SetupError } from './report.ts';

/** Keeps a server busy and watches its memory: `npm run bench:soak -- --minutes 60 --users 100000`. */
await runScript(async () => {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '60' },
      users: { type: 'string', default: '100000' },
    },
  });
  const minutes = Number(values.minutes);
  const users = Number(values.users);
  if (!(minutes > 0) || !(users >= 1000)) {
    throw new SetupError('use: npm run bench:soak -- [--minutes N] [--users N], with at least 1000 users');
  }
  const report = createReport();
  const verdict = await soak({ minutes, users, report });
  report.say(verdict.text);
  report.say(
    `${verdict.rss <= 200e6 ? 'Within' : 'Above'} the 200 MB that performance allows; samples in test-results/soak/samples.csv.`,
  );
  return verdict.flat ? 0 : 1;
});
