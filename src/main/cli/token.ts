import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import type { ProfileName } from '../../shared/contract/profiles.ts';
import type { IssuedToken } from '../../shared/contract/tokens.ts';
import type { Services } from '../api.ts';
import { print, table } from './print.ts';
import { readProfileName } from './profile.ts';
import { action, type GlobalOptions, logToStderr } from './session.ts';

/** `token create · list · rotate · profile · revoke`. */
export function tokenCommand(): Command {
  const command = new Command('token').description('the tokens that open the endpoint');
  command
    .command('create')
    .description('issue a token; it is printed once and never again')
    .option('--name <name>', 'what it is for', 'SCIM')
    .option('--expires <duration>', 'e.g. 90d; without it the token never expires')
    .option('--profile <name>', "an IdP profile of its own, instead of the organization's", readProfileName)
    .action(
      action(async ({ services }, options) => {
        const expiresInDays = options.expires === undefined ? null : readDays(String(options.expires));
        const name = String(options.name).trim();
        if (name === '' || name.length > 80)
          throw new AppError('invalid-input', '--name takes 1 to 80 characters.');
        const { profile = null } = options as { profile?: ProfileName };
        await hand(services, options, await services.tokens.create({ name, expiresInDays, profile }));
      }),
    );
  command
    .command('list')
    .description('every token, dead ones included, newest first')
    .action(
      action(({ services }, options) => {
        const tokens = services.tokens.list();
        print(options, tokens, () =>
          table(tokens, {
            id: ({ id }) => id,
            name: ({ name }) => name,
            prefix: ({ prefix }) => `${prefix}…`,
            state: ({ state }) => state,
            profile: ({ profile }) => profile,
            created: ({ createdAt }) => createdAt,
            expires: ({ expiresAt }) => expiresAt ?? 'never',
            'last used': ({ lastUsedAt, lastUsedFrom }) =>
              lastUsedAt ? `${lastUsedAt} from ${lastUsedFrom}` : 'never',
          }),
        );
      }, 'view'),
    );
  command
    .command('rotate <id>')
    .description('issue a second token; the first keeps working until it is revoked')
    .action(
      action<[string]>(async ({ services }, options, id) =>
        hand(services, options, await services.tokens.rotate(id)),
      ),
    );
  command
    .command('profile <id> <name>')
    .description('give a token an IdP profile of its own; "organization" takes it away again')
    .action(
      action<[string, string]>(async ({ services }, options, id, name) => {
        const profile = name === 'organization' ? null : readProfileName(name);
        const token = await services.tokens.setProfile(id, profile);
        const whose = profile === null ? "the organization's profile" : `the profile ${profile}`;
        print(options, token, () => `"${token.name}" has ${whose} from its next request on.`);
      }),
    );
  command
    .command('revoke <id>')
    .description('end a token at once, for every process')
    .action(
      action<[string]>(async ({ services }, options, id) => {
        const token = await services.tokens.revoke(id);
        print(options, token, () => `Revoked ${token.prefix}… ("${token.name}"). It is refused from now on.`);
      }),
    );
  return command;
}

/** Prints a new token, the only time; whoever reads it here has it. */
async function hand(services: Services, options: GlobalOptions, issued: IssuedToken): Promise<void> {
  const { id, token, endpoint, copyReason } = issued;
  if (copyReason !== null) logToStderr(`No copy of this token was kept: ${copyReason}`);
  print(
    options,
    { id, token, endpoint },
    () => `Token (shown once): ${token}\nEndpoint:           ${endpoint}\nId:                 ${id}`,
  );
  await services.tokens.acknowledge(id);
}

function readDays(text: string): number {
  const days = /^(\d{1,4})d?$/.exec(text)?.[1];
  if (days === undefined || Number(days) < 1 || Number(days) > 3650) {
    throw new AppError('invalid-input', '--expires takes days, from 1d to 3650d.');
  }
  return Number(days);
}
