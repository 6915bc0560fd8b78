import { Command, Option } from 'commander';
import type {
  Conflict,
  ConflictDecision,
  ConflictDetail,
  ConflictPerson,
} from '../../shared/contract/conflicts.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

const PAGE = 500;

/** `conflicts list · show ID · link ID · keep ID · refuse ID · undo ID`: two people who hold the same. */
export function conflictsCommand(): Command {
  const command = new Command('conflicts').description('people who hold what should be one person’s alone');
  command
    .command('list')
    .description('what waits for a decision')
    .addOption(
      new Option('--state <state>', 'open, or what was decided').choices(['open', 'decided']).default('open'),
    )
    .option('--search <text>', 'part of the name, user name, e-mail or externalId of either')
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const { state, search, limit } = options as {
          state: 'open' | 'decided';
          search?: string;
          limit?: number;
        };
        const most = limit ?? Number.POSITIVE_INFINITY;
        const items: Conflict[] = [];
        for (;;) {
          const page = services.conflicts.list({ state, search, offset: items.length, limit: PAGE }).items;
          items.push(...page);
          if (page.length < PAGE || items.length >= most) break;
        }
        const shown = items.slice(0, Math.min(most, items.length));
        print(options, shown, () => (shown.length === 0 ? 'There are no conflicts.' : asTable(shown)));
      }, 'view'),
    );
  command
    .command('show <id>')
    .description('both people, and what each choice will do')
    .action(
      action<[string]>(({ services }, options, id) => {
        const detail = services.conflicts.get(id);
        print(options, detail, () => inWords(detail));
      }, 'view'),
    );
  const decisions: [ConflictDecision, string][] = [
    ['link', 'the newcomer is the one who was here; can’t be undone'],
    ['keep', 'they are two people'],
    ['refuse', 'turn the newcomer away for good'],
  ];
  for (const [decision, description] of decisions) {
    command
      .command(`${decision} <id>`)
      .description(description)
      .option('--note <text>', 'why; kept with the decision')
      .action(
        action<[string]>(async ({ services }, options, id) => {
          const note = (options.note as string | undefined) ?? null;
          const result = await services.conflicts.decide(id, decision, note, services.overview.operator());
          print(options, result, () => result.sentence);
        }),
      );
  }
  command
    .command('undo <id>')
    .description('take back that two were kept apart, or that somebody was refused')
    .action(
      action<[string]>(async ({ services }, options, id) => {
        const result = await services.conflicts.undo(id, services.overview.operator());
        print(options, result, () => result.sentence);
      }),
    );
  return command;
}

function asTable(conflicts: readonly Conflict[]): string {
  return table(conflicts, {
    id: ({ id }) => id,
    both: ({ kind, value }) => `${kind} ${value}`,
    newcomer: ({ newcomer }) => newcomer.name,
    'was here': ({ other }) => other.name,
    state: ({ state }) => state,
    since: ({ openedAt, decidedAt }) => decidedAt ?? openedAt,
  });
}

function inWords({ conflict, newcomer, other, choices }: ConflictDetail): string {
  const sides = [
    ['', 'newcomer', 'was here before'],
    ...FACTS.map(([label, of]) => [label, newcomer ? of(newcomer) : '–', other ? of(other) : '–']),
  ];
  const facts = table(sides, {
    [conflict.kind]: ([label]) => label ?? '',
    [conflict.value]: ([, first]) => first ?? '',
    [conflict.state]: ([, , second]) => second ?? '',
  });
  const can = choices.flatMap(({ decision, effects, refusal }) => [
    '',
    `${decision}:`,
    ...(refusal === null ? effects : [`not possible. ${refusal}`]).map((line) => `  ${line}`),
  ]);
  return [facts, ...can].join('\n');
}

const FACTS: readonly [string, (person: ConflictPerson) => string][] = [
  ['name', ({ displayName }) => displayName],
  ['user name', ({ userName }) => userName],
  ['e-mail', ({ email }) => email ?? '–'],
  ['externalId', ({ externalId }) => externalId ?? '–'],
  ['state', ({ state }) => state],
  ['since', ({ since }) => since],
  ['came', ({ createdAt, origin }) => `${createdAt} (${origin})`],
  ['IdP says', ({ directory }) => (directory === 'none' ? 'no user' : directory)],
  [
    'employee',
    ({ employeeNumber, title, department }) => [employeeNumber, title, department].filter(Boolean).join(', '),
  ],
  ['roles', ({ roles }) => roles.join(', ')],
  ['teams', ({ teams }) => teams.join(', ')],
];
