import type { Bench, Part } from '../bench.ts';
import type { Sync } from '../client/run-sync.ts';
import type { ContenderName } from '../contenders.ts';
import type { Rounds } from '../rounds.ts';

const CONNECTIONS = 10;

/** A first synchronization as Entra does it, into an empty directory; each round starts afresh. */
export const fullSync: Part = {
  name: 'sync',
  title: 'a first synchronization, as Entra does it',
  async run(bench) {
    const { users, groups, members, rounds } = bench.settings.sync;
    const contenders = bench.contenders.filter(
      (each) => each !== 'scimmy' && (each !== 'B' || bench.settings.mode === 'full'),
    );
    const size = { users, groups, members };
    const measured: Rounds = {};
    for (let round = 0; round < rounds; round++) {
      for (const name of contenders) await measure(bench, name, size, measured);
    }
    const title = `full sync of ${users.toLocaleString('en')} users, ${groups} groups of ${members}`;
    const result = { kind: 'operation', connections: CONNECTIONS } as const;
    const results = [{ ...result, key: 'sync', title, rounds: measured, target: { A: 0.7 } }];
    if (!bench.contenders.includes('scimmy')) return results;

    // A tenth of it: at its rate the whole would take the peer minutes.
    const small = { users: users / 10, groups: groups / 10, members };
    const withPeer: Rounds = {};
    for (const name of ['ours', 'scimmy'] as const) await measure(bench, name, small, withPeer);
    const smallTitle = `full sync of ${small.users.toLocaleString('en')} users, ${small.groups} groups of ${members}`;
    return [
      ...results,
      { ...result, key: 'sync.small', title: smallTitle, rounds: withPeer, target: { peer: 5 } },
    ];
  },
};

async function measure(
  bench: Bench,
  name: ContenderName,
  size: Pick<Sync, 'users' | 'groups' | 'members'>,
  into: Rounds,
): Promise<void> {
  bench.report.progress(`${name} …`);
  const server = await bench.start(await bench.prepare(name, { users: 0 }, ['profile=entra']));
  const { rate, requests } = await bench.client.sync({
    target: server.target,
    ...size,
    connections: CONNECTIONS,
  });
  const used = server.cpu();
  const cpu = used === undefined ? undefined : used / requests;
  await server.stop();
  into[name] ??= [];
  into[name].push({ rate, requests, p50: Number.NaN, p99: Number.NaN, clientLoad: Number.NaN, cpu });
}
