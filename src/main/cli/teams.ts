import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import type { Team } from '../../shared/contract/people.ts';
import type { Services } from '../api.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';
import { PAGE, whole } from './whole-list.ts';

/** `teams list · show ID · create NAME · rename ID NAME · remove ID`. */
export function teamsCommand(): Command {
  const command = new Command('teams').description('teams: from the groups of the IdP, and made by hand');
  command
    .command('list')
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const teams: Team[] = whole(
          (offset) => services.people.teams({ offset, limit: PAGE }).items,
          options.limit as number | undefined,
        );
        print(options, teams, () =>
          table(teams, {
            id: ({ id }) => id,
            name: ({ name }) => name,
            from: ({ groupId }) => (groupId === null ? 'by hand' : 'a group'),
            active: ({ activeMembers }) => activeMembers,
            asserted: ({ assertedMembers }) => assertedMembers,
            mappings: ({ mappings, pausedMappings }) =>
              pausedMappings > 0 ? `${mappings} (${pausedMappings} paused)` : mappings,
          }),
        );
      }, 'view'),
    );
  command
    .command('show <id>')
    .description('one team, with what fills it and who is in it')
    .action(
      action<[string]>(({ services }, options, id) => {
        const team = existing(services, id);
        const target = { kind: 'team', id } as const;
        const { items: mappings } = services.mappings.list({ target, offset: 0, limit: PAGE });
        const members = whole((offset) => services.grants.holders(target, { offset, limit: PAGE }).items);
        print(options, { ...team, fedBy: mappings, members }, () =>
          [
            `${team.name}: ${team.activeMembers} active members.`,
            ...mappings.map(
              ({ group, pausedAt, id: mapping }) =>
                `Filled by the group “${group?.name ?? group?.id}”${pausedAt === null ? '' : ', paused'} (mapping ${mapping}).`,
            ),
            '',
            table(members, {
              'user name': ({ userName }) => userName,
              name: ({ displayName }) => displayName,
              state: ({ state }) => state,
              by: ({ origins }) => origins.join(', '),
            }),
          ].join('\n'),
        );
      }, 'view'),
    );
  command
    .command('create <name>')
    .description('a team of your own; put people into it with "grants give"')
    .action(
      action<[string]>(async ({ services }, options, name) => {
        const team = await services.teams.create(name);
        print(options, team, () => `Created the team ${team.name} (${team.id}).`);
      }),
    );
  command
    .command('rename <id> <name>')
    .description('another name for a team that no group names')
    .action(
      action<[string, string]>(async ({ services }, options, id, name) => {
        const team = await services.teams.rename(id, name, existing(services, id).updatedAt);
        print(options, team, () => `The team is called ${team.name} now.`);
      }),
    );
  command
    .command('remove <id>')
    .description('delete a team that no group names')
    .action(
      action<[string]>(async ({ services }, options, id) => {
        const done = await services.teams.remove(id, existing(services, id).updatedAt);
        print(options, { id, ...done }, () => done.sentence);
      }),
    );
  return command;
}

function existing({ people }: Services, id: string): Team {
  const team = people.team(id);
  if (!team) throw new AppError('not-found', `There is no team ${id}. "teams list" names them.`);
  return team;
}
