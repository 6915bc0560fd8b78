import { Command, Option } from 'commander';
import { type Member, memberState } from '../../shared/contract/people.ts';
import { readLimit } from './limit.ts';
import { addDeprovisioning } from './members-deprovisioning.ts';
import { addEditing } from './members-edit.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';
import { PAGE, whole } from './whole-list.ts';

/** `members list`: every state included. */
export function membersCommand(): Command {
  const command = new Command('members').description('people who can, could or could once sign in');
  command
    .command('list')
    .addOption(new Option('--state <state>', 'only these').choices(memberState.options))
    .option('--search <text>', 'part of a name, user name, e-mail or externalId')
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const { state, search, limit } = options as {
          state?: Member['state'];
          search?: string;
          limit?: number;
        };
        const members = whole(
          (offset) => services.people.members({ state, search, offset, limit: PAGE }).items,
          limit,
        );
        print(options, members, () =>
          table(members, {
            'user name': ({ userName }) => userName,
            name: ({ displayName }) => displayName,
            state: (member) => member.state,
            role: ({ role }) => role,
            teams: ({ teams }) => teams.map(({ name }) => name).join(', '),
            since: ({ since }) => since,
          }),
        );
      }, 'view'),
    );
  addDeprovisioning(command);
  addEditing(command);
  return command;
}
