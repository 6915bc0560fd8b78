import type { Command } from 'commander';
import type { MemberStanding, Receipt } from '../../shared/contract/deprovisioning.ts';
import type { Suspended } from '../access/suspension.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

/** Adds `members recall · receipt · suspend · resume`. */
export function addDeprovisioning(command: Command): void {
  command
    .command('recall <ids...>')
    .description('give people back what their last deprovisioning took, until the IdP says something else')
    .action(
      action<[string[]]>(async ({ services }, options, ids) => {
        const recalled = await services.deprovisioning.recall(ids, services.overview.operator());
        const standings = [...new Set(ids)].map((id) => services.standings.of(id));
        print(
          options,
          { recalled, members: standings.map(({ id, name, state }) => ({ id, name, state })) },
          () =>
            standings
              .map(({ name, state, recalled: recall }) =>
                recall === null
                  ? `${name} is ${state} again.`
                  : `${name} is ${state} again, although the IdP says ${recall.assertion}; that is passed over until it says something else.`,
              )
              .join('\n'),
        );
      }),
    );
  command
    .command('receipt <id>')
    .description('what was taken from somebody, and until when it can be given back')
    .action(
      action<[string]>(({ services }, options, id) => {
        const standing = services.standings.of(id);
        print(options, standing, () => receiptsInWords(standing));
      }, 'view'),
    );
  command
    .command('suspend <ids...>')
    .description('take access away at once, whatever the IdP says')
    .option('--reason <text>', 'why, for the record')
    .action(
      action<[string[]]>(async ({ services }, options, ids) => {
        const reason = (options.reason as string | undefined) ?? null;
        const items = await services.suspension.suspend(ids, reason, services.overview.operator());
        print(options, items, () => asTable(items));
      }),
    );
  command
    .command('resume <ids...>')
    .description('end an operator’s suspension; whom the IdP has set to inactive stays suspended')
    .action(
      action<[string[]]>(async ({ services }, options, ids) => {
        const items = await services.suspension.resume(ids, services.overview.operator());
        print(options, items, () => items.map(({ sentence }) => sentence).join('\n'));
      }),
    );
}

function asTable(items: readonly Suspended[]): string {
  return table(items, {
    name: ({ name }) => name,
    state: ({ state }) => state,
    reason: ({ sentence }) => sentence,
  });
}

function receiptsInWords({ name, state, held, deactivateAt, deleteAt, receipts }: MemberStanding): string {
  const [first, ...earlier] = receipts;
  if (!first) return `${name} is ${state}; nothing was ever taken away.`;
  return [
    `${name} is ${state}${held ? ', held by the guard' : ''}.`,
    deactivateAt && `Deactivated on ${deactivateAt}${held ? ', once the guard lets go' : ''}.`,
    deleteAt && `Deleted on ${deleteAt}.`,
    inWords(first),
    ...earlier.map(inWords),
  ]
    .filter(Boolean)
    .join('\n');
}

function inWords(receipt: Receipt): string {
  const { time, actor, cause, before, sessions, grants, beyondReach, outcome } = receipt;
  return [
    `${time}  ${cause}, by ${actor}; was ${before}${outcome ? `; ${outcome}` : ''}`,
    `  Sessions ended: ${sessions}`,
    `  Taken: ${grants.map(({ kind, name }) => `${kind} ${name}`).join(', ') || 'nothing'}`,
    ...beyondReach.map((sentence) => `  Beyond reach: ${sentence}`),
    receipt.recallable
      ? `  Can be recalled ${receipt.recallableUntil ? `until ${receipt.recallableUntil}` : 'at any time'}: rollcall members recall ${receipt.memberId}`
      : undefined,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}
