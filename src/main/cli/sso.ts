import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import { type Connection, type ConnectionInput, connectionInput } from '../../shared/contract/sso.ts';
import type { Rollcall } from '../compose.ts';
import { print } from './print.ts';
import { action, type GlobalOptions } from './session.ts';

/** `sso set saml · set oidc · show`. */
export function ssoCommand(): Command {
  const command = new Command('sso').description('the single sign-on connection');
  const set = command.command('set').description('read, check and store a connection');
  set
    .command('saml')
    .requiredOption('--metadata <file-or-url>', 'metadata of the identity provider')
    .option('--provider <name>', 'okta, entra, onelogin, jumpcloud, ping, google or other', 'other')
    .action(
      action(async (rollcall, options) => {
        const source = String(options.metadata);
        const isUrl = /^https?:\/\//i.test(source);
        await save(rollcall, options, {
          kind: isUrl ? 'saml-url' : 'saml-xml',
          provider: options.provider,
          ...(isUrl ? { url: source } : { xml: readMetadata(source) }),
        });
      }),
    );
  set
    .command('oidc')
    .description('the client secret, if there is one, is read from stdin')
    .requiredOption('--issuer <url>', 'issuer of the identity provider')
    .requiredOption('--client-id <id>', 'client id of Rollcall there')
    .option('--provider <name>', 'okta, entra, onelogin, jumpcloud, ping, google or other', 'other')
    .action(
      action(async (rollcall, options) => {
        const secret = process.stdin.isTTY ? '' : (await readAll(process.stdin)).trim();
        await save(rollcall, options, {
          kind: 'oidc',
          provider: options.provider,
          issuer: options.issuer,
          clientId: options.clientId,
          clientSecret: secret === '' ? null : secret,
        });
      }),
    );
  command
    .command('show')
    .description('the stored connection')
    .action(
      action(({ services }, options) => {
        const connection = services.connections.get();
        print(options, { connection: connection ? presentable(connection) : null }, () =>
          connection ? inWords(connection) : 'No SSO connection is stored.',
        );
      }, 'view'),
    );
  return command;
}

async function save(
  { services }: Rollcall,
  options: GlobalOptions,
  entered: Record<string, unknown>,
): Promise<void> {
  const input = connectionInput.safeParse(entered);
  if (!input.success) {
    const issue = input.error.issues[0];
    throw new AppError('invalid-input', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  services.organization.require();
  const connection = await services.connections.save(input.data satisfies ConnectionInput);
  print(options, presentable(connection), () => `Stored. ${inWords(connection)}`);
}

/** The metadata document stays inside: what was read from it is shown. */
function presentable({ provider, tryOut, details, savedAt, savedBy }: Connection): Connection {
  return { provider, tryOut, details, savedAt, savedBy };
}

function inWords({ details, provider, tryOut }: Connection): string {
  const name = details.protocol === 'saml' ? details.entityId : details.issuer;
  return `${details.protocol.toUpperCase()} connection to ${name} (${provider})${tryOut ? ', a try-out: nobody can sign in through it' : ''}.`;
}

function readMetadata(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('metadata-invalid', `The metadata file ${file} can't be read.`, { cause });
  }
}
