import { groupBody, patchBody, userBody } from '../people.ts';
import { openConnection } from './connection.ts';
import { type Json, requestWriter, type Target } from './requests.ts';
import { perform } from './run-cell.ts';

/** A first synchronization into an empty directory, as Entra does it. */
export interface Sync {
  target: Omit<Target, 'idsFile'>;
  users: number;
  groups: number;
  /** Members of each group. */
  members: number;
  connections: number;
}

/** PATCH: Entra is answered 204, the peer sends the group. */
const RIGHT: Record<string, readonly number[]> = { GET: [200], POST: [201], PATCH: [200, 204] };

export interface SyncResult {
  requests: number;
  seconds: number;
  /** Requests per second. */
  rate: number;
}

/**
 * Each user is looked up and created, then each group, then each membership is one PATCH (protocol reference 1.2).
 * What has to be there is read back at the end.
 */
export async function runSync(sync: Sync): Promise<SyncResult> {
  const writer = requestWriter({ ...sync.target, idsFile: '' });
  const connections = await Promise.all(
    Array.from({ length: sync.connections }, () => openConnection(writer.host, writer.port)),
  );
  let requests = 0;
  const ask = async (connection: number, method: string, path: string, body?: unknown) => {
    const open = connections[connection];
    if (!open) throw new Error(`there is no connection ${connection}`);
    requests += 1;
    const answer = await perform(
      open,
      { message: writer.write(method, path, body), status: RIGHT[method] ?? [] },
      false,
    );
    return answer.length === 0 ? undefined : (JSON.parse(answer.toString('utf8')) as Json);
  };
  /** Shares out the numbers below `count` among the connections, one at a time. */
  const each = async (count: number, work: (number: number, connection: number) => Promise<void>) => {
    let next = 0;
    await Promise.all(
      connections.map(async (_, connection) => {
        while (next < count) await work(next++, connection);
      }),
    );
  };
  const lookUp = async (connection: number, type: string, attribute: string, value: string) => {
    const filter = encodeURIComponent(`${attribute} eq "${value}"`);
    const found = await ask(connection, 'GET', `/${type}?filter=${filter}`);
    if (found.totalResults !== 0) throw new Error(`${value} is there before it was created`);
  };

  try {
    const users: string[] = [];
    const groups: string[] = [];
    const start = performance.now();
    await each(sync.users, async (number, connection) => {
      const body = userBody(number);
      await lookUp(connection, 'Users', 'userName', body.userName);
      users[number] = (await ask(connection, 'POST', '/Users', body)).id;
    });
    await each(sync.groups, async (number, connection) => {
      const name = `Group ${number}`;
      await lookUp(connection, 'Groups', 'displayName', name);
      groups[number] = (await ask(connection, 'POST', '/Groups', groupBody(name))).id;
    });
    await each(sync.groups * sync.members, async (number, connection) => {
      const group = groups[Math.floor(number / sync.members)];
      const value = [{ value: users[number % users.length] }];
      await ask(connection, 'PATCH', `/Groups/${group}`, patchBody({ op: 'Add', path: 'members', value }));
    });
    const seconds = (performance.now() - start) / 1000;
    const measured = requests;
    const last = await ask(0, 'GET', `/Groups/${groups.at(-1)}`);
    if (last.members?.length !== sync.members)
      throw new Error(`the last group has ${last.members?.length} members`);
    return { requests: measured, seconds, rate: measured / seconds };
  } catch (error) {
    throw new Error(`${sync.target.name}, sync: ${(error as Error).message}`);
  } finally {
    for (const connection of connections) connection.close();
  }
}
