import { fetchPeers, peersDirectory } from '../test/load/peers/packages.ts';
import { createReport, runScript } from './report.ts';

/** Fetches the peers that `npm run bench` compares with, once, into a folder of their own in the user's cache. */
await runScript(async () => {
  const report = createReport();
  const fetched = await fetchPeers(report);
  report.say(`The peers are ${fetched ? 'ready' : 'already there'}: ${peersDirectory()}`);
  return 0;
});
