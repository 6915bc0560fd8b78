import { Command, Option } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import {
  type ReviewDecision,
  type ReviewItem,
  type ReviewRule,
  reviewRule,
} from '../../shared/contract/review.ts';
import type { Chosen } from '../access/review.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

const PAGE = 500;
/** How many decisions are listed unless told otherwise. */
const DECISIONS = 20;

interface FilterOptions {
  rule?: ReviewRule;
  domain?: string;
  search?: string;
  all?: boolean;
  note?: string;
  limit?: number;
}

/** `review list · approve ID… · reject ID… · undo ID · decisions`: who and what waits for a person's approval. */
export function reviewCommand(): Command {
  const command = new Command('review').description(
    'people who wait to be let in, and grants that wait to be given',
  );
  filtered(command.command('list').description('who and what waits, and why'))
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const { limit, ...filter } = filterOf(options);
        const items: ReviewItem[] = [];
        const most = limit ?? Number.POSITIVE_INFINITY;
        for (;;) {
          const page = services.review.list(filter, { offset: items.length, limit: PAGE }).items;
          items.push(...page);
          if (page.length < PAGE || items.length >= most) break;
        }
        const shown = items.slice(0, Math.min(most, items.length));
        print(options, shown, () => (shown.length === 0 ? 'Nobody waits for a review.' : asTable(shown)));
      }, 'view'),
    );
  command.addCommand(decideCommand('approve', 'let people in, or give what waits to be given'));
  command.addCommand(decideCommand('reject', 'turn people away for good, or refuse what waits to be given'));
  command
    .command('undo <id>')
    .description('put back what stood before a decision: its id, or the id of the member')
    .action(
      action<[string]>(async ({ services }, options, id) => {
        const result = await services.review.undo(id, services.overview.operator());
        report(options, result, `${result.done} taken back.`);
      }),
    );
  command
    .command('decisions')
    .description('what was decided, the latest first')
    .option('--limit <number>', 'at most so many', readLimit, DECISIONS)
    .action(
      action(({ services }, options) => {
        const batches = services.review.decisions(options.limit as number);
        print(options, batches, () =>
          batches.length === 0
            ? 'Nothing was decided.'
            : table(batches, {
                id: ({ id }) => id,
                decision: ({ decision }) => decision,
                people: ({ count, names }) =>
                  count > names.length
                    ? `${names.join(', ')} and ${count - names.length} more`
                    : names.join(', '),
                undone: ({ undone }) => undone,
                by: ({ decidedBy }) => decidedBy,
                at: ({ decidedAt }) => decidedAt,
                note: ({ note }) => note,
              }),
        );
      }, 'view'),
    );
  return command;
}

function decideCommand(decision: ReviewDecision, description: string): Command {
  return filtered(new Command(decision).description(description))
    .argument('[ids...]', 'as in "review list"')
    .option('--all', 'everything that matches --rule, --domain and --search')
    .option('--note <text>', 'why; kept with the decision')
    .action(
      action<[string[]]>(async ({ services }, options, ids) => {
        const { all, note = null, ...filter } = filterOf(options);
        const isFiltered = Object.keys(filter).length > 0;
        if (all === true ? ids.length > 0 : ids.length === 0 || isFiltered) {
          throw new AppError(
            'invalid-input',
            'Name the ids, or give --all, with --rule, --domain or --search.',
          );
        }
        const { review, overview } = services;
        const expected = all ? review.list(filter, { offset: 0, limit: 1 }).total : 0;
        const chosen: Chosen = all ? { filter, expected } : { ids };
        const result = await review.decide(decision, chosen, note, overview.operator());
        const done = `${result.done} ${decision === 'approve' ? 'approved' : 'rejected'}.`;
        report(
          options,
          result,
          result.batchId === null ? done : `${done} Take it back with: review undo ${result.batchId}`,
        );
      }),
    );
}

function filtered(command: Command): Command {
  return command
    .addOption(new Option('--rule <rule>', 'why it waits').choices(reviewRule.options))
    .option('--domain <domain>', 'behind the @ of the e-mail address')
    .option('--search <text>', 'part of a name, user name, e-mail or externalId');
}

function filterOf(options: object): FilterOptions {
  const { rule, domain, search, all, note, limit } = options as FilterOptions;
  return Object.fromEntries(
    Object.entries({ rule, domain, search, all, note, limit }).filter(([, value]) => value !== undefined),
  );
}

/** Who was left as they are is named on stderr, and makes the command fail: the others stand. */
function report(
  options: { json?: boolean },
  result: { done: number; refused: { id: string; name: string; message: string }[] },
  sentence: string,
): void {
  print(options, result, () => sentence);
  if (result.refused.length === 0) return;
  throw new AppError('conflict', result.refused.map(({ id, message }) => `${id}: ${message}`).join('\n'));
}

function asTable(items: readonly ReviewItem[]): string {
  const names = (gifts: ReviewItem['teams']) =>
    gifts.map(({ name, needsApproval }) => (needsApproval ? `${name} (needs approval)` : name)).join(', ');
  return table(items, {
    id: ({ id }) => id,
    'user name': ({ userName }) => userName,
    waits: ({ target }) => (target ? `for the ${target.kind} ${target.name}` : 'to be let in'),
    rule: ({ rule }) => rule,
    gets: ({ roles, teams }) => names([...roles, ...teams]),
    since: ({ since }) => since,
  });
}
