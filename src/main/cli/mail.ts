import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import {
  type MailServer,
  type MailSettings,
  mailServerChange,
  mailState,
  mailTemplate,
} from '../../shared/contract/mail.ts';
import { readLimit } from './limit.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

const SERVER_OPTIONS = ['host', 'port', 'security', 'user', 'senderName', 'sender', 'caFile', 'signInUrl'];

/** `mail set · show · test ADDRESS · list · retry [ID]`: the mail server, and what became of the mail. */
export function mailCommand(): Command {
  const command = new Command('mail').description('welcome mail and the server that sends it');
  command.addCommand(setCommand());
  command
    .command('show')
    .description('the settings, and how much mail waits or failed')
    .action(
      action(({ services }, options) => {
        const settings = services.mail.settings();
        print(options, settings, () => inWords(settings));
      }, 'view'),
    );
  command
    .command('test <address>')
    .description('send a test mail now')
    .action(
      action<[string]>(async ({ services }, options, address) => {
        const mail = await services.mail.test(address);
        print(options, mail, () => `The mail server took a test mail to ${address}.`);
      }),
    );
  command
    .command('list')
    .description('mail that waits, was sent or failed; newest first')
    .addOption(new Option('--state <state>', 'only these').choices(mailState.options))
    .option('--limit <rows>', 'at most so many', readLimit)
    .action(
      action(({ services }, options) => {
        const { state, limit = 1_000_000_000 } = options as {
          state?: (typeof mailState.options)[number];
          limit?: number;
        };
        const mails = services.mail.list({ state, limit });
        print(options, mails, () =>
          mails.length === 0
            ? 'There is no mail.'
            : table(mails, {
                id: ({ id }) => id,
                kind: ({ kind }) => kind,
                recipient: ({ recipient }) => recipient,
                state: (mail) => mail.state,
                attempts: ({ attempts }) => attempts,
                'sent, failed or next': ({ sentAt, failedAt, nextAt }) => sentAt ?? failedAt ?? nextAt,
                error: ({ lastError }) => lastError,
              }),
        );
      }, 'view'),
    );
  command
    .command('retry [id]')
    .description('try a failed welcome mail again; without an id all of them')
    .action(
      action<[string | undefined]>(async ({ services }, options, id) => {
        const queued = id === undefined ? await services.mail.retryFailed() : 1;
        if (id !== undefined) await services.mail.retry(id);
        const inQueue = queued === 1 ? '1 mail waits' : `${queued} mails wait`;
        print(options, { queued }, () =>
          queued === 0 ? 'No welcome mail failed.' : `${inQueue} to be sent by the process that listens.`,
        );
      }),
    );
  return command;
}

function setCommand(): Command {
  return new Command('set')
    .description(
      'change the mail server or the template; what is left out stays. The password is read from stdin',
    )
    .option('--host <name>', 'the mail server')
    .option('--port <number>', 'its port')
    .option('--security <how>', 'tls, starttls or none')
    .option('--user <name>', 'as whom to sign in; "" for nobody')
    .option('--sender-name <name>', 'who the mail is from')
    .option('--sender <address>', 'the address it is from')
    .option('--ca-file <file>', 'certificates to trust beside the public ones, PEM; "" for none')
    .option('--sign-in-url <url>', 'where a welcome mail sends people to')
    .option('--subject <text>', 'subject of welcome mails')
    .option('--text-file <file>', 'text of welcome mails: {{firstName}}, {{organization}}, {{signInUrl}}')
    .action(
      action(async ({ services }, options) => {
        const given = options as Record<string, string | undefined>;
        const { mail } = services;
        const hasTemplate = given.subject !== undefined || given.textFile !== undefined;
        const hasServer = SERVER_OPTIONS.some((name) => given[name] !== undefined);
        // Both are read before either is stored.
        const template = hasTemplate ? readTemplate(given, mail.settings()) : undefined;
        const change = hasServer || !hasTemplate ? await readChange(given, mail.settings()) : undefined;
        if (template) await mail.saveTemplate(template);
        if (change) await mail.saveServer(change);
        const settings = mail.settings();
        print(options, settings, () => `Stored.\n${inWords(settings)}`);
      }),
    );
}

async function readChange(given: Record<string, string | undefined>, { server, signInUrl }: MailSettings) {
  const password = process.stdin.isTTY ? '' : (await readAll(process.stdin)).replace(/\r?\n$/, '');
  const user = given.user ?? server?.user ?? null;
  const entered = {
    server: {
      host: given.host ?? server?.host,
      port: given.port === undefined ? server?.port : Number(given.port),
      security: given.security ?? server?.security ?? 'starttls',
      user: user === '' ? null : user,
      senderName: given.senderName ?? server?.senderName,
      senderAddress: given.sender ?? server?.senderAddress,
      certificates: readCertificates(given.caFile, server),
    },
    signInUrl: given.signInUrl ?? signInUrl,
    ...(password !== '' && { password }),
  };
  return checked(mailServerChange.safeParse(entered));
}

function readTemplate(given: Record<string, string | undefined>, { template }: MailSettings) {
  const entered = {
    subject: given.subject ?? template.subject,
    text: given.textFile === undefined ? template.text : readFile(given.textFile),
  };
  return checked(mailTemplate.safeParse(entered));
}

function readCertificates(file: string | undefined, server: MailServer | null): string | null {
  if (file === undefined) return server?.certificates ?? null;
  return file === '' ? null : readFile(file);
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('invalid-input', `The file ${file} can't be read.`, { cause });
  }
}

/** What zod says of an input. */
type Read<T> =
  | { success: true; data: T }
  | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };

function checked<T>(read: Read<T>): T {
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new AppError('invalid-input', `${String(issue?.path.at(-1))}: ${issue?.message}`);
}

function inWords({ server, hasPassword, signInUrl, template, welcome, counts }: MailSettings): string {
  const { queued, sent, failed } = counts;
  return [
    server
      ? `Server    ${server.host}:${server.port} (${server.security}), ${server.user === null ? 'no sign-in' : `as ${server.user}, password ${hasPassword ? 'stored' : 'missing'}`}`
      : 'Server    none: welcome mail waits. Set one with `rollcall mail set --host …`',
    ...(server ? [`From      ${server.senderName} <${server.senderAddress}>`] : []),
    `Sign-in   ${signInUrl ?? '–'}`,
    `Subject   ${template.subject}`,
    `Welcome   ${welcome ? 'on' : 'off (rollcall policy set mail.welcome=true)'}`,
    `Mail      ${queued} waiting, ${sent} sent, ${failed} failed`,
  ].join('\n');
}
