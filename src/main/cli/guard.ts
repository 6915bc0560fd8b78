import { Command } from 'commander';
import type { GuardState } from '../../shared/contract/deprovisioning.ts';
import type { Receipt } from '../access/deprovisioning-store.ts';
import type { Decision } from '../access/guard.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';
import { finished } from './wait.ts';

/** People are fetched in pages of this size. */
const PAGE = 500;

/** `guard status · list · confirm · recall`: the mass-deprovision guard. */
export function guardCommand(): Command {
  const command = new Command('guard').description(
    'holds what cannot be undone when the IdP cuts off many people',
  );
  command
    .command('status')
    .description('whether it tripped, how many people it holds, and at how many it trips')
    .action(
      action(({ services }, options) => {
        const { job: _, ...state } = services.guard.state();
        print(options, state, () => inWords(state));
      }, 'view'),
    );
  command
    .command('list')
    .description('whom it holds')
    .option('--search <text>', 'part of a name, user name, e-mail or externalId')
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const { search, limit = Number.POSITIVE_INFINITY } = options as { search?: string; limit?: number };
        const items = [];
        for (let page = PAGE; page === PAGE && items.length < limit; ) {
          const next: Receipt[] = services.guard.list(search, items.length, PAGE).items;
          items.push(...next.map(services.standings.show));
          page = next.length;
        }
        const held = items.slice(0, Math.min(limit, items.length));
        print(options, held, () =>
          held.length === 0
            ? 'The guard holds nobody.'
            : table(held, {
                'member id': ({ memberId }) => memberId,
                'user name': ({ userName }) => userName,
                name: ({ displayName }) => displayName,
                was: ({ before }) => before,
                is: ({ state }) => state,
                because: ({ cause }) => cause,
                cut: ({ time }) => time,
              }),
        );
      }, 'view'),
    );
  command.addCommand(decisionCommand('confirm', 'let the irreversible part take place'));
  command.addCommand(decisionCommand('recall', 'give the people back what was taken from them'));
  return command;
}

function decisionCommand(decision: Decision, description: string): Command {
  return new Command(decision)
    .description(`${description}; for all it holds, or for some`)
    .option('--member <id...>', 'only these members')
    .action(
      action(async ({ services }, options) => {
        const memberIds = options.member as string[] | undefined;
        const choice = memberIds === undefined ? {} : { memberIds };
        const started = await services.guard.decide(
          decision,
          choice,
          undefined,
          services.overview.operator(),
        );
        const job = await finished(services.jobs, started);
        const { job: _, ...state } = services.guard.state();
        print(options, { decided: job.done, message: job.message, ...state }, () => {
          const rest = state.tripped ? ` ${state.held} still wait for a decision.` : '';
          return `${job.message}${rest}`;
        });
      }),
    );
}

function inWords({
  tripped,
  held,
  since,
  window,
  threshold,
  cuts,
  of,
  stopsTheLine,
}: Omit<GuardState, 'job'>): string {
  const trips = `It trips at ${threshold} of ${of} people within ${window} minutes.`;
  if (!tripped) return `The guard has not tripped: ${cuts} cut off lately. ${trips}`;
  return [
    `The guard tripped at ${since}: ${cuts} of ${of} people lost access, ${held} wait for a decision.`,
    'Their access is gone; nothing that cannot be undone happens until somebody decides.',
    stopsTheLine ? 'Writes of the IdP are answered 503 meanwhile.' : 'The IdP goes on writing meanwhile.',
    'Look: rollcall guard list. Decide: rollcall guard confirm, or rollcall guard recall [--member ID…].',
  ].join('\n');
}
