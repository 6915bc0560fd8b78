import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { AppError } from '../../shared/app-error.ts';
import {
  type MailServer,
  type MailServerChange,
  type MailTemplate,
  mailServer,
  mailTemplate,
} from '../../shared/contract/mail.ts';
import type { Audit } from '../audit/audit.ts';
import type { SealedSecretStore, Vault } from '../secrets/vault.ts';
import { readAddress } from './address.ts';
import { checkTemplate, DEFAULT_TEMPLATE } from './template.ts';

/** Where the settings of mail are kept. */
interface Settings {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** The mail server and the template, as they are stored. */
export interface MailConfiguration {
  server(): MailServer | undefined;
  signInUrl(): string | undefined;
  template(): MailTemplate;
  hasPassword(): boolean;
  /** @throws {AppError} `secrets-locked` */
  password(): Promise<string | undefined>;
  /** @throws {AppError} `invalid-input`, or `secrets-locked` when there is a password and no vault */
  saveServer(change: MailServerChange): Promise<void>;
  /** @throws {AppError} `invalid-input` for an unknown placeholder */
  saveTemplate(template: MailTemplate): Promise<void>;
}

/** The vault's name for the password of the mail server. */
const PASSWORD = 'mail/smtp-password';
const SERVER = 'mail.server';
const SIGN_IN_URL = 'mail.signInUrl';
const TEMPLATE = 'mail.template';

/** Settings of mail: the password lies sealed in the vault, everything else beside the other settings. */
export function createMailConfiguration(deps: {
  settings: Settings;
  secrets: SealedSecretStore;
  vault: Vault;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
}): MailConfiguration {
  const { settings, secrets, vault, audit } = deps;
  const server = () => mailServer.safeParse(settings.get(SERVER)).data;
  const hasPassword = () => secrets.read(PASSWORD) !== undefined;

  /** What becomes of the password: text is sealed, null forgets it, undefined keeps it. */
  function passwordAfter({ server: next, password }: MailServerChange): string | null | undefined {
    const before = server();
    if (next.user === null) {
      if (password)
        throw refused('password', 'A password without a user is of no use. Enter the user as well.');
      return null;
    }
    if (password === null || (password === undefined && !hasPassword()))
      throw refused('password', `Enter the password of ${next.user}.`);
    // Whoever may change settings must not thereby learn the password.
    if (password === undefined && before && !isSameAccount(before, next))
      throw refused(
        'password',
        'The server, its port or the user changed. Enter the password again: the stored one goes only where it was given for.',
      );
    if (next.security === 'none' && !isLoopback(next.host))
      throw refused(
        'security',
        'Without TLS the password would travel readable for everybody on the way. Choose TLS or STARTTLS, or leave the user empty.',
      );
    return password;
  }

  return {
    server,
    hasPassword,
    signInUrl: () => settings.get(SIGN_IN_URL) as string | undefined,
    template: () => mailTemplate.safeParse(settings.get(TEMPLATE)).data ?? DEFAULT_TEMPLATE,
    password: () => vault.unseal(PASSWORD),
    async saveServer(change) {
      const next = checked(change.server);
      const password = passwordAfter({ ...change, server: next });
      const sealed = typeof password === 'string' ? await vault.seal(PASSWORD, password) : undefined;
      await deps.write(() => {
        // Another process may have saved while the password was being sealed.
        if (password === undefined) passwordAfter({ ...change, server: next });
        settings.set(SERVER, next);
        settings.set(SIGN_IN_URL, change.signInUrl);
        if (sealed) secrets.write(sealed);
        else if (password === null) secrets.remove(PASSWORD);
        audit.record('mail.settings-changed', null, {
          server: `${next.host}:${next.port}`,
          security: next.security,
          signsIn: next.user !== null,
          password: sealed ? 'changed' : password === null ? 'none' : 'kept',
        });
      });
    },
    async saveTemplate(template) {
      checkTemplate(template);
      await deps.write(() => {
        settings.set(TEMPLATE, template);
        audit.record('mail.settings-changed', null, { template: true });
      });
    },
  };
}

/** Checks what zod can't. */
function checked(server: MailServer): MailServer {
  try {
    const { address, isInternational } = readAddress(server.senderAddress);
    if (isInternational)
      throw new AppError('invalid-input', 'A sender needs an address of ASCII letters before the @.');
    return { ...server, senderAddress: address, certificates: readCertificates(server.certificates) };
  } catch (error) {
    if (error instanceof AppError && error.field === undefined) throw refused('senderAddress', error.message);
    throw error;
  }
}

function readCertificates(text: string | null): string | null {
  if (text === null || text.trim() === '') return null;
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || /PRIVATE KEY/.test(text))
    throw refused(
      'certificates',
      'Give certificates in PEM: -----BEGIN CERTIFICATE----- and so on, and no key.',
    );
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch (cause) {
    throw new AppError('invalid-input', 'One of these certificates can’t be read.', {
      field: 'certificates',
      cause,
    });
  }
  return blocks.join('\n');
}

function refused(field: string, message: string): AppError {
  return new AppError('invalid-input', message, { field });
}

/** Whether a password given for the one may go to the other: nor may it lose its protection on the way. */
function isSameAccount(before: MailServer, next: MailServer): boolean {
  return (
    before.host === next.host &&
    before.port === next.port &&
    before.user === next.user &&
    before.certificates === next.certificates
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
