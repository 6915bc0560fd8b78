import { Command, InvalidArgumentError } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import type { Mapping, MappingAdd } from '../../shared/contract/grants.ts';
import { GRANT_PRECEDENCE } from '../../shared/grant-precedence.ts';
import type { Services } from '../api.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { action, logToStderr } from './session.ts';
import { PAGE, whole } from './whole-list.ts';

/** `mappings list · add · change ID · pause ID · resume ID · remove ID`. */
export function mappingsCommand(): Command {
  const command = new Command('mappings').description(
    'what groups and values of roles give: teams and roles',
  );
  command
    .command('list')
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const mappings = whole(
          (offset) => services.mappings.list({ offset, limit: PAGE }).items,
          options.limit as number | undefined,
        );
        print(options, mappings, () =>
          table(mappings, {
            id: ({ id }) => id,
            from: ({ group, roleValue }) =>
              group === null ? `roles value ${roleValue}` : `group ${group.name ?? `${group.id} (deleted)`}`,
            gives: ({ target }) => `${target.kind} ${target.name}`,
            precedence: ({ precedence }) => precedence,
            state: (mapping) => stateOf(mapping),
          }),
        );
      }, 'view'),
    );
  command
    .command('add')
    .description('a group gives a team or a role; a value of roles gives a role')
    .option('--group <group>', 'id or name of a group')
    .option('--role-value <value>', 'a value of the users’ roles')
    .option('--team <id>', 'the team that it gives')
    .option('--new-team <name>', 'a team that is made for it')
    .option('--role <id>', 'the role that it gives')
    .option('--precedence <number>', 'the lowest is a member’s first role', readPrecedence)
    .option('--needs-review', 'what it gives waits for an approval for each person')
    .option('--preview', 'only say what it would do')
    .action(
      action(async ({ services }, options) => {
        const mapping: MappingAdd = {
          source: readSource(services, options),
          target: readTarget(options),
          precedence: (options.precedence as number | undefined) ?? GRANT_PRECEDENCE.mapping,
          needsReview: options.needsReview === true,
        };
        const preview = services.grants.preview(
          { kind: 'mapping.add', ...mapping },
          { offset: 0, limit: PAGE },
        );
        if (options.preview === true) return print(options, preview, () => preview.sentences.join('\n'));
        const added = await services.mappings.add(mapping);
        print(options, added, () => `Added the mapping ${added.id}. ${preview.sentences.join(' ')}`);
      }),
    );
  command
    .command('change <id>')
    .option('--precedence <number>', 'the lowest is a member’s first role', readPrecedence)
    .option('--needs-review <answer>', 'true or false')
    .action(
      action<[string]>(async ({ services }, options, id) => {
        const precedence = options.precedence as number | undefined;
        await change(services, options, id, {
          precedence,
          ...(options.needsReview !== undefined && { needsReview: readAnswer(String(options.needsReview)) }),
        });
      }),
    );
  command
    .command('pause <id>')
    .description('it gives nothing until it is resumed')
    .action(action<[string]>(({ services }, options, id) => change(services, options, id, { paused: true })));
  command
    .command('resume <id>')
    .action(
      action<[string]>(({ services }, options, id) => change(services, options, id, { paused: false })),
    );
  command.command('remove <id>').action(
    action<[string]>(async ({ services }, options, id) => {
      const preview = services.grants.preview({ kind: 'mapping.remove', id }, { offset: 0, limit: 1 });
      const { version } = services.mappings.get(id);
      const done = await services.mappings.remove(id, version);
      print(options, { id, ...done, losses: preview.losses }, () =>
        [done.sentence, ...preview.sentences.slice(1)].join(' '),
      );
    }),
  );
  return command;
}

async function change(
  services: Services,
  options: Record<string, unknown>,
  id: string,
  change: { precedence?: number | undefined; needsReview?: boolean; paused?: boolean },
): Promise<void> {
  const { version } = services.mappings.get(id);
  const preview = services.grants.preview(
    { kind: 'mapping.change', id, version, ...change },
    { offset: 0, limit: 1 },
  );
  const changed = await services.mappings.change({ id, version, ...change });
  for (const sentence of preview.sentences) logToStderr(sentence);
  print(options, changed, () => `The mapping is ${stateOf(changed)}, with precedence ${changed.precedence}.`);
}

function stateOf({ pausedAt, forbidden, needsReview, sensitiveTarget, group }: Mapping): string {
  if (forbidden) return 'forbidden: a protected role';
  if (pausedAt !== null) return 'paused';
  if (group?.name === null) return 'inert: the group is gone';
  return needsReview || sensitiveTarget ? 'in force, with review' : 'in force';
}

function readSource({ mappings }: Services, options: Record<string, unknown>): MappingAdd['source'] {
  const { group, roleValue } = options as { group?: string; roleValue?: string };
  if ((group === undefined) === (roleValue === undefined)) {
    throw new AppError('invalid-input', 'Say where it comes from: --group or --role-value, one of them.');
  }
  if (roleValue !== undefined) return { roleValue };
  const named = mappings
    .groups({ search: group, offset: 0, limit: PAGE })
    .items.find(({ name }) => name.toLowerCase() === group?.toLowerCase());
  return { groupId: named?.id ?? group ?? '' };
}

function readTarget(options: Record<string, unknown>): MappingAdd['target'] {
  const { team, newTeam, role } = options as { team?: string; newTeam?: string; role?: string };
  if ([team, newTeam, role].filter((one) => one !== undefined).length !== 1) {
    throw new AppError('invalid-input', 'Say what it gives: --team, --new-team or --role, one of them.');
  }
  if (newTeam !== undefined) return { kind: 'new-team', name: newTeam };
  return team === undefined ? { kind: 'role', id: role ?? '' } : { kind: 'team', id: team };
}

function readPrecedence(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('A whole number from 1 to 999 is needed.');
  return Number(text);
}

function readAnswer(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new AppError('invalid-input', '--needs-review takes true or false.');
}
