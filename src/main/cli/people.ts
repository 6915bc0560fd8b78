import { Command, Option } from 'commander';
import { type Member, memberState, type Team } from '../../shared/contract/people.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

/** A list's rows are fetched in pages of this size. */
const PAGE = 500;

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
      }),
    );
  return command;
}

/** `employees list`: employment records; they outlive the member. */
export function employeesCommand(): Command {
  const command = new Command('employees').description('employment records');
  command
    .command('list')
    .option('--limit <number>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const employees = services.people.employees().slice(0, options.limit as number | undefined);
        print(options, employees, () =>
          table(employees, {
            name: ({ displayName }) => displayName,
            number: ({ employeeNumber }) => employeeNumber,
            department: ({ department }) => department,
            status: ({ status }) => status,
          }),
        );
      }),
    );
  return command;
}

/** `teams list`: what the IdP's groups became. */
export function teamsCommand(): Command {
  const command = new Command('teams').description('teams, from the groups of the IdP');
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
            name: ({ name }) => name,
            active: ({ activeMembers }) => activeMembers,
            asserted: ({ assertedMembers }) => assertedMembers,
          }),
        );
      }),
    );
  return command;
}

/** Every page of a list, in order, or the first `limit` rows. */
function whole<Row>(page: (offset: number) => Row[], limit = Number.POSITIVE_INFINITY): Row[] {
  const rows: Row[] = [];
  for (;;) {
    const next = page(rows.length);
    rows.push(...next);
    if (next.length < PAGE || rows.length >= limit) return rows.slice(0, Math.min(limit, rows.length));
  }
}
