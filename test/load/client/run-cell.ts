import { setTimeout } from 'node:timers/promises';
import { percentile } from '../statistics.ts';
import { type Connection, openConnection } from './connection.ts';
import { type Operation, recall, requestWriter, type Target } from './requests.ts';
import { type WorkloadName, workloads } from './workloads.ts';

/** One workload on one server for a while. */
export interface Cell {
  target: Target;
  workload: WorkloadName;
  connections: number;
  milliseconds: number;
  /** For `groupPatch`: which of the stored groups. */
  group?: number;
  /** How long each connection rests after an answer, in milliseconds. */
  pause?: number;
}

/** What came of it. Times in milliseconds. */
export interface CellResult {
  requests: number;
  /** Requests per second. */
  rate: number;
  p50: number;
  p99: number;
  /** Share of one core that the client itself used: close to 1 it is the client that was measured. */
  clientLoad: number;
}

/** Every answer's status is looked at; of the bodies one in so many. */
const CHECK_ONE_IN = 64;

/** Runs a cell: each connection sends its next request when the last one is answered. */
export async function runCell(cell: Cell): Promise<CellResult> {
  const writer = requestWriter(cell.target);
  const memory = recall(cell.target);
  const connections = await Promise.all(
    Array.from({ length: cell.connections }, () => openConnection(writer.host, writer.port)),
  );
  const latencies: number[] = [];
  try {
    const usedBefore = process.cpuUsage();
    const start = performance.now();
    const end = start + cell.milliseconds;
    await Promise.all(
      connections.map(async (connection, number) => {
        const next = workloads[cell.workload]({
          writer,
          memory,
          connection: number,
          connections: cell.connections,
          group: cell.group ?? 0,
        });
        let count = number;
        for (let at = performance.now(); at < end; ) {
          await perform(connection, next(), count++ % CHECK_ONE_IN === 0);
          const now = performance.now();
          latencies.push(now - at);
          at = now;
          if (cell.pause === undefined) continue;
          await setTimeout(cell.pause);
          at = performance.now();
        }
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    const used = process.cpuUsage(usedBefore);
    latencies.sort((a, b) => a - b);
    return {
      requests: latencies.length,
      rate: latencies.length / seconds,
      p50: percentile(latencies, 50),
      p99: percentile(latencies, 99),
      clientLoad: (used.user + used.system) / 1e6 / seconds,
    };
  } catch (error) {
    throw new Error(`${cell.target.name}, ${cell.workload}: ${(error as Error).message}`);
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** Sends one request and throws unless the answer is right; returns its body. */
export async function perform(connection: Connection, operation: Operation, look: boolean): Promise<Buffer> {
  const { status, body } = await connection.request(operation.message);
  const wrong = operation.status.includes(status)
    ? look && operation.check?.(JSON.parse(body.toString('utf8')))
    : `status ${status}, not ${operation.status.join(' or ')}: ${body.toString('utf8').slice(0, 300)}`;
  if (wrong) {
    const [requestLine] = operation.message.split('\r\n', 1);
    throw new Error(`a wrong answer to ${requestLine}: ${wrong}`);
  }
  operation.done?.(body);
  return body;
}
