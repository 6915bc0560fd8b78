import { Command } from 'commander';
import type { PreviewedResource } from '../../shared/contract/observe.ts';
import type { Difference } from '../access/edits.ts';
import type { Rollcall } from '../compose.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';
import { finished } from './wait.ts';

/** One change as a program reads it: what, to whom, because of what. */
interface PlannedChange {
  kind: string;
  what: string;
  to: string;
  because: string;
  resource: { type: 'user' | 'group'; id: string };
  joined?: { count: number; names: string[] };
  left?: { count: number; names: string[] };
}

interface Plan {
  changes: PlannedChange[];
  /** How many of each kind. */
  counts: Record<string, number>;
  /** Where people here hold something else than the IdP asserts; applying leaves it. Left out where nobody does. */
  differences?: Difference[];
}

/** Resources are previewed in pages of this size. */
const PAGE = 200;

/** `plan [--apply]`: what applying the directory to the access plane would change now. */
export function planCommand(): Command {
  return new Command('plan')
    .description('what applying what the IdP asserted would change now (observe mode)')
    .option('--apply', 'apply it')
    .action(
      action(async (rollcall, options) => {
        const { services } = rollcall;
        const plan = read(rollcall);
        const status = services.observe.status();
        const waiting = status.users + status.groups;
        if (options.apply !== true) {
          print(options, plan, () => inWords(plan, status.mode, waiting));
          return;
        }
        // What is noted and changes nothing is forgotten by it too.
        const job =
          waiting === 0
            ? null
            : await rollcall.admit('edit', undefined, async () =>
                finished(services.jobs, await services.observe.apply(false, services.overview.operator())),
              );
        print(options, { ...plan, applied: plan.changes.length }, () =>
          job === null ? 'Nothing waits to be applied.' : `${asTable(plan)}\n${job.message}`,
        );
      }, 'view'),
    );
}

function read({ services }: Rollcall): Plan {
  const changes: PlannedChange[] = [];
  for (let offset = 0; ; offset += PAGE) {
    const { items } = services.observe.preview({}, offset, PAGE);
    changes.push(...items.flatMap(changesOf));
    if (items.length < PAGE) break;
  }
  const counts: Record<string, number> = {};
  for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1;
  const differences = services.editing.differences();
  return { changes, counts, ...(differences.length > 0 && { differences }) };
}

function changesOf({ kind: type, id, name, changes }: PreviewedResource): PlannedChange[] {
  return changes.map(({ kind, what, because, joined, left }) => ({
    kind,
    what,
    to: name,
    because,
    resource: { type, id },
    ...(joined && { joined }),
    ...(left && { left }),
  }));
}

function inWords(plan: Plan, mode: 'live' | 'observe', waiting: number): string {
  return [changesInWords(plan, mode, waiting), ...(plan.differences ?? []).map(differenceInWords)].join('\n');
}

function differenceInWords({ name, fields }: Difference): string {
  const each = fields.map(
    ({ field, here, idp }) => `${field} is ${quoted(here)}, the IdP says ${quoted(idp)}`,
  );
  return `Edited here: ${name}: ${each.join('; ')}. It stays until the IdP changes it.`;
}

function quoted(value: string | null): string {
  return value === null ? 'empty' : `“${value}”`;
}

function changesInWords(plan: Plan, mode: 'live' | 'observe', waiting: number): string {
  if (waiting === 0) {
    return mode === 'live'
      ? 'Nothing waits: a push takes effect at once (apply=live).'
      : 'Nothing waits: the IdP has asserted nothing new since observe mode began.';
  }
  if (plan.changes.length === 0) return `${waiting} wait to be applied, and nothing would change.`;
  const counts = Object.entries(plan.counts).map(([kind, count]) => `${kind} ${count}`);
  return `${asTable(plan)}\n${counts.join(', ')}\nNothing was changed. Apply it with: rollcall plan --apply`;
}

function asTable({ changes }: Plan): string {
  return table(changes, {
    to: ({ to }) => to,
    what: ({ what, joined, left }) =>
      [what, named('Joining', joined), named('Leaving', left)].filter(Boolean).join(' '),
    because: ({ because }) => because,
  });
}

function named(verb: string, moved: PlannedChange['joined']): string {
  return moved === undefined || moved.names.length === 0 ? '' : `${verb}: ${moved.names.join(', ')}.`;
}
