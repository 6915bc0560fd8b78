import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import { organizationId } from '../../shared/contract/organization.ts';
import { print } from './print.ts';
import { action } from './session.ts';

/** `init`: creates the organization; with `--try` also everything that a token needs. */
export function initCommand(): Command {
  return new Command('init')
    .description('create the organization')
    .requiredOption('--org <id>', 'organization id: lower-case letters, digits, hyphens')
    .requiredOption('--name <name>', 'organization name')
    .option('--owner <email>', 'e-mail address of the owner, for the record')
    .option('--try', 'also store a try-out SSO connection, so that a token can be created at once')
    .action(
      action(async ({ services }, options) => {
        const { org, name, owner } = options as { org?: string; name?: string; owner?: string };
        const id = organizationId.safeParse(org);
        if (!id.success) throw new AppError('invalid-input', `--org: ${id.error.issues[0]?.message}`);
        if (!name?.trim()) throw new AppError('invalid-input', '--name: Give the organization a name.');
        const organization = await services.organization.create({ id: id.data, name: name.trim() }, owner);
        if (options.try === true) {
          await services.connections.saveTryOut();
          await services.organization.locate('trying-out', null);
        }
        const endpoint = services.endpoint();
        print(
          options,
          { organization: organization.id, name: organization.name, endpoint, tryOut: options.try === true },
          () =>
            [
              `Created ${organization.name} (${organization.id}). The endpoint will be ${endpoint}.`,
              options.try === true
                ? 'A try-out SSO connection is stored: nobody can sign in through it. Next: rollcall token create'
                : 'Next: set up SSO in the console, or with `rollcall sso set`, then `rollcall token create`.',
            ].join('\n'),
        );
      }),
    );
}
