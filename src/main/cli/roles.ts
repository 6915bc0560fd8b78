import { Command, Option } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import { type Role, rolePermissions } from '../../shared/contract/roles.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';
import { PAGE, whole } from './whole-list.ts';

/** `roles list · show ID · create NAME · change ID · remove ID`. */
export function rolesCommand(): Command {
  const command = new Command('roles').description('role templates: named permissions');
  command.command('list').action(
    action(({ services }, options) => {
      const roles = services.roles.list();
      print(options, roles, () =>
        table(roles, {
          id: ({ id }) => id,
          name: ({ name }) => name,
          permissions: ({ permissions }) => permissions.join(', '),
          active: ({ holders }) => holders.active,
          mappings: ({ mappings }) => mappings,
          '': (role) => marksOf(role).join(', '),
        }),
      );
    }, 'view'),
  );
  command
    .command('show <id>')
    .description('one role, with what gives it and who holds it')
    .action(
      action<[string]>(({ services }, options, id) => {
        const role = services.roles.get(id);
        const target = { kind: 'role', id } as const;
        const { items: givenBy } = services.mappings.list({ target, offset: 0, limit: PAGE });
        const people = whole((offset) => services.grants.holders(target, { offset, limit: PAGE }).items);
        print(options, { ...role, givenBy, people }, () =>
          [
            inWords(role),
            '',
            table(people, {
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
    .option('--description <text>', 'what it is for', '')
    .option('--permission <name...>', 'what it permits')
    .option('--sensitive', 'what a push gives of it waits for an approval')
    .action(
      action<[string]>(async ({ services }, options, name) => {
        const role = await services.roles.create({
          name,
          description: String(options.description),
          permissions: readPermissions(options.permission) ?? [],
          sensitive: options.sensitive === true,
        });
        print(options, role, () => inWords(role));
      }),
    );
  command
    .command('change <id>')
    .description('says to how many it applies')
    .option('--name <name>')
    .option('--description <text>')
    .option('--permission <name...>', 'what it permits, all of it')
    .addOption(new Option('--sensitive <answer>').choices(['true', 'false']))
    .action(
      action<[string]>(async ({ services }, options, id) => {
        const { name, description, sensitive } = options as Record<string, string | undefined>;
        const before = services.roles.get(id);
        const role = await services.roles.change({
          id,
          version: before.version,
          name,
          description,
          permissions: readPermissions(options.permission),
          sensitive: sensitive === undefined ? undefined : sensitive === 'true',
        });
        print(options, role, () => `${inWords(role)}\nApplied to ${role.holders.active} people.`);
      }),
    );
  command.command('remove <id>').action(
    action<[string]>(async ({ services }, options, id) => {
      const { version } = services.roles.get(id);
      const done = await services.roles.remove(id, version);
      print(options, { id, ...done }, () => done.sentence);
    }),
  );
  return command;
}

function readPermissions(given: unknown): string[] | undefined {
  if (given === undefined) return undefined;
  const read = rolePermissions.safeParse(given);
  if (!read.success) throw new AppError('invalid-input', read.error.issues[0]?.message ?? '');
  return read.data;
}

function marksOf(role: Role): string[] {
  return [
    ...(role.isDefault ? ['default'] : []),
    ...(role.protected ? ['protected'] : []),
    ...(role.sensitive ? ['sensitive'] : []),
  ];
}

function inWords(role: Role): string {
  const marks = marksOf(role);
  return [
    `${role.name} (${role.id})${marks.length > 0 ? `: ${marks.join(', ')}` : ''}`,
    ...(role.description === '' ? [] : [role.description]),
    role.permissions.length === 0 ? 'Permits nothing.' : `Permits ${role.permissions.join(', ')}.`,
    `${role.holders.active} people have it now; ${role.mappings} mappings give it.`,
  ].join('\n');
}
