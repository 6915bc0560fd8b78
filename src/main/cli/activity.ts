import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { ActivityRow } from '../../shared/contract/activity.ts';
import type { RuleName } from '../../shared/contract/profiles.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { readRuleName } from './profile.ts';
import { action, type GlobalOptions } from './session.ts';

const PAGE = 1000;
const FOLLOW_MS = 250;

/** `activity list`: the SCIM request log, oldest first, refused requests included. */
export function activityCommand(): Command {
  const command = new Command('activity').description('the SCIM request log');
  command
    .command('list')
    .option('--since <seq>', 'only rows after this number', readLimit)
    .option('--failed', 'only status 400 and above, or aborted')
    .option('--rule <name>', 'only requests on which this rule of the IdP profile fired', readRuleName)
    .option('--limit <number>', 'only the newest so many', readLimit)
    .option('--follow', 'go on with new rows until stopped')
    .action(
      action(async ({ services }, options) => {
        const {
          since,
          failed = false,
          rule,
          limit,
          follow,
        } = options as {
          since?: number;
          failed?: boolean;
          rule?: RuleName;
          limit?: number;
          follow?: boolean;
        };
        const read = (after: number) => services.activity.since(after, PAGE, failed, rule);
        const rows = readRows(read, since, limit);
        if (follow) await followRows(read, rows, since ?? 0, options);
        else print(options, rows, () => inWords(rows));
      }, 'view'),
    );
  return command;
}

function readRows(
  read: (after: number) => ActivityRow[],
  since: number | undefined,
  limit: number | undefined,
): ActivityRow[] {
  const rows: ActivityRow[] = [];
  for (let after = since ?? 0; ; ) {
    const page = read(after);
    rows.push(...page);
    after = page.at(-1)?.seq ?? after;
    if (page.length < PAGE) break;
  }
  return limit === undefined ? rows : rows.slice(Math.max(0, rows.length - limit));
}

async function followRows(
  read: (after: number) => ActivityRow[],
  first: ActivityRow[],
  since: number,
  options: GlobalOptions,
): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  let after = since;
  let rows = first;
  while (!stop.signal.aborted) {
    for (const row of rows) {
      process.stdout.write(options.json === true ? `${JSON.stringify(row)}\n` : `${line(row)}\n`);
      after = row.seq;
    }
    await sleep(FOLLOW_MS, undefined, { signal: stop.signal }).catch(() => {});
    rows = read(after);
  }
}

function inWords(rows: ActivityRow[]): string {
  return table(rows, {
    seq: ({ seq }) => seq,
    time: ({ time }) => time,
    idp: ({ idp }) => idp,
    token: ({ tokenName }) => tokenName,
    request: ({ method, path }) => `${method} ${path}`,
    status: ({ status }) => status || 'aborted',
    reason: ({ reason }) => reason,
  });
}

function line({ seq, time, method, path, status, reason }: ActivityRow): string {
  return `${seq}  ${time}  ${status || 'aborted'}  ${method} ${path}  ${reason ?? ''}`.trimEnd();
}
