import { type ElectronApplication, _electron as electron, type Page } from 'playwright';
import { ensureBuilt } from '../../../scripts/app-build.ts';
import { openDesktopSession, type SessionOptions, sessionNeeds } from '../../../scripts/desktop-session.ts';
import { ensureElectronRuntime } from '../../../scripts/electron-runtime.ts';
import { ensureSystemPackages } from '../../../scripts/system-packages.ts';
import type { Bench, Part } from '../bench.ts';
import type { Target } from '../client/requests.ts';
import type { Finding } from '../results.ts';
import { median, percentile } from '../statistics.ts';
import { idsFileOf } from '../stored-ids.ts';

const CONNECTIONS = 50;
/** How long idle and load are watched in each round, how long the load runs before that, and how long nothing happens. */
const WATCH = { full: 4000, quick: 1500 };
const LEAD_MS = 500;
const REST_MS = 5000;

/** Delays in milliseconds, sorted. */
interface Delays {
  uiThread: number[];
  /** A call that the UI thread answers, from the page and back. */
  call: number[];
  /** A call that the server thread answers. */
  serverCall: number[];
}

/** The window in real Electron while the server thread is as busy as it can be. */
export const userInterface: Part = {
  name: 'ui',
  title: 'the window in Electron, idle and while 50 connections create users',
  fullOnly: true,
  async run(bench) {
    const { report } = bench;
    const options: SessionOptions = { display: 'private', keyring: 'private' };
    await ensureSystemPackages(sessionNeeds(options), report);
    const runtime = await ensureElectronRuntime(report);
    await ensureBuilt(report);
    const prepared = await bench.prepare('ours', { users: bench.settings.users });
    const session = await openDesktopSession(options, report);
    // Chromium's sandbox refuses to run as root, as CI does.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    let app: ElectronApplication | undefined;
    try {
      app = await electron.launch({
        executablePath: runtime.executable,
        args: [...sandbox, ...runtime.args, '--data', prepared.dataDirectory, '--port', '0'],
        env: { ...session.env, ...runtime.env } as Record<string, string>,
        timeout: 60_000,
      });
      const page = await app.firstWindow();
      await page.getByRole('heading', { level: 1 }).waitFor();
      const usable = await sinceCreation(app, page);
      const target: Target = {
        name: 'electron',
        endpoint: await endpointOf(page),
        token: prepared.token,
        idsFile: idsFileOf(prepared.dataDirectory),
      };
      const cpu = await restingCpu(app);
      return [...startFindings(usable, cpu), ...(await underLoad(bench, app, page, target))];
    } finally {
      await app?.close();
      await session.close();
    }
  },
};

async function underLoad(
  { client, settings, report }: Bench,
  app: ElectronApplication,
  page: Page,
  target: Target,
): Promise<Finding[]> {
  const watched = { idle: [] as Delays[], load: [] as Delays[] };
  const milliseconds = WATCH[settings.mode];
  const rates: number[] = [];
  for (let round = 0; round < settings.rounds; round++) {
    report.progress(`round ${round + 1} …`);
    watched.idle.push(await watch(app, page, milliseconds));
    const load = client.cell({
      target,
      workload: 'post',
      connections: CONNECTIONS,
      milliseconds: milliseconds + 2 * LEAD_MS,
    });
    await new Promise((resolve) => setTimeout(resolve, LEAD_MS));
    watched.load.push(await watch(app, page, milliseconds));
    rates.push((await load).rate);
  }
  return [
    ...delayFindings('uiDelay', 'UI thread delay', watched, (delays) => delays.uiThread, 2),
    ...delayFindings('ipc', 'IPC round trip, page to UI thread and back', watched, ({ call }) => call, 2),
    ...delayFindings(
      'serverIpc',
      'the same on to the server thread',
      watched,
      ({ serverCall }) => serverCall,
    ),
    {
      kind: 'finding',
      key: 'ui.postRate',
      title: `POST in Electron on ${CONNECTIONS} connections meanwhile`,
      value: median(rates),
      unit: '/s',
    },
  ];
}

function delayFindings(
  key: string,
  title: string,
  watched: Record<'idle' | 'load', readonly Delays[]>,
  pick: (delays: Delays) => number[],
  most?: number,
): Finding[] {
  const at = (when: 'idle' | 'load', percent: number) =>
    median(watched[when].map((delays) => percentile(pick(delays), percent)));
  const note = (['idle', 'load'] as const)
    .map((when) => `${when}: p50 ${at(when, 50).toFixed(2)}, p99 ${at(when, 99).toFixed(2)} ms`)
    .join('; ');
  const value = at('load', 99) / at('idle', 99);
  return [
    {
      kind: 'finding',
      key: `ui.${key}`,
      title: `${title}: p99 under load by p99 idle`,
      value,
      unit: '×',
      note,
      ...(most !== undefined && { most }),
    },
  ];
}

/** Watches the UI thread and both kinds of call at once. */
async function watch(app: ElectronApplication, page: Page, milliseconds: number): Promise<Delays> {
  const [uiThread, { call, serverCall }] = await Promise.all([
    app.evaluate(watchEventLoop, milliseconds),
    page.evaluate(watchCalls, milliseconds),
  ]);
  const sorted = (numbers: number[]) => numbers.sort((a, b) => a - b);
  return { uiThread: sorted(uiThread), call: sorted(call), serverCall: sorted(serverCall) };
}

/** Runs in Electron's main process: how late a timer of 10 ms comes. */
async function watchEventLoop(_electron: unknown, milliseconds: number): Promise<number[]> {
  const pause = 10;
  const delays: number[] = [];
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const start = performance.now();
    await new Promise((resolve) => setTimeout(resolve, pause));
    delays.push(Math.max(0, performance.now() - start - pause));
  }
  return delays;
}

/** Runs in the page: how long calls take. */
async function watchCalls(milliseconds: number): Promise<{ call: number[]; serverCall: number[] }> {
  const { rollcall } = globalThis as unknown as {
    rollcall: { call(name: string, input: object): Promise<{ ok: boolean }> };
  };
  const time = async (name: string) => {
    const start = performance.now();
    const { ok } = await rollcall.call(name, {});
    if (!ok) throw new Error(`${name} was refused`);
    return performance.now() - start;
  };
  const call: number[] = [];
  const serverCall: number[] = [];
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    call.push(await time('console.preferences'));
    serverCall.push(await time('policy.get'));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { call, serverCall };
}

/** From the creation of the process until now, when the first heading is there, in milliseconds. */
async function sinceCreation(app: ElectronApplication, page: Page): Promise<number> {
  const seen = await page.evaluate(() => Date.now());
  const created = await app.evaluate(
    () => (process as unknown as { getCreationTime(): number | null }).getCreationTime() ?? Number.NaN,
  );
  return seen - created;
}

/** CPU of all of Electron's processes together while nobody does anything, in percent of one core. */
async function restingCpu(app: ElectronApplication): Promise<number> {
  const look = () =>
    app.evaluate(({ app: running }) =>
      running.getAppMetrics().reduce((sum, { cpu }) => sum + cpu.percentCPUUsage, 0),
    );
  await look();
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  return look();
}

function startFindings(usable: number, cpu: number): Finding[] {
  return [
    {
      kind: 'finding',
      key: 'ui.usableMs',
      title: 'window usable after start (first heading; with the test driver attached)',
      value: usable,
      unit: 'ms',
      most: 1500,
    },
    {
      kind: 'finding',
      key: 'ui.idleCpuPercent',
      title: 'CPU of all processes of the idle console, with the test driver attached',
      value: cpu,
      unit: '%',
      most: 0.5,
    },
  ];
}

async function endpointOf(page: Page): Promise<string> {
  const envelope = await page.evaluate(async () => {
    const { rollcall } = globalThis as unknown as {
      rollcall: { call(name: string, input: object): Promise<{ value?: { endpoint?: string } }> };
    };
    return rollcall.call('overview.get', {});
  });
  const endpoint = envelope.value?.endpoint;
  if (endpoint === undefined) throw new Error(`the console names no endpoint: ${JSON.stringify(envelope)}`);
  return endpoint;
}
