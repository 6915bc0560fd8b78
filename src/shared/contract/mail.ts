import { z } from 'zod';
import { call } from './define.ts';

/**
 * How the connection to the mail server is protected. `tls`: from the first byte (mostly port 465). `starttls`: after
 * a greeting, never without (587). `none`: not at all.
 */
export const mailSecurity = z.enum(['tls', 'starttls', 'none']);
export type MailSecurity = z.infer<typeof mailSecurity>;

/** What may stand in a header without breaking out of it. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/\p{Cc}/u.test(text), 'Line breaks and control characters are not allowed here.');

const webAddress = z
  .string()
  .trim()
  .max(500)
  .pipe(z.url({ protocol: /^https?$/, error: 'Give the whole address of the page: https://…' }));

/** The SMTP server that takes Rollcall's mail, and as whom it is sent. */
export const mailServer = z.strictObject({
  host: line(253).refine((text) => /^[^\s/:@]+$|^[0-9a-f:]+$/i.test(text), {
    error: 'Give the name of the mail server alone: smtp.example.com.',
  }),
  port: z.int().min(1).max(65_535),
  security: mailSecurity,
  /** Null where the server wants no sign-in. */
  user: line(320).min(1).nullable(),
  senderName: line(100).min(1, 'Say who the mail is from.'),
  senderAddress: line(320).min(1),
  /** Certificates in PEM that are trusted beside the public ones; null for none. */
  certificates: z.string().max(100_000).nullable(),
});
export type MailServer = z.infer<typeof mailServer>;

/** What new members are told. Placeholders: `{{firstName}}`, `{{organization}}`, `{{signInUrl}}`. */
export const mailTemplate = z.strictObject({
  subject: line(200).min(1, 'Give a subject.'),
  text: z.string().trim().min(1, 'Write a text.').max(20_000),
});
export type MailTemplate = z.infer<typeof mailTemplate>;

export const PLACEHOLDERS = ['firstName', 'organization', 'signInUrl'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export const mailState = z.enum(['queued', 'sent', 'failed']);
export type MailState = z.infer<typeof mailState>;

export const mail = z.object({
  seq: z.number(),
  id: z.string(),
  kind: z.enum(['welcome', 'test']),
  memberId: z.string().nullable(),
  /** Null for somebody without an address, or who was forgotten since. */
  recipient: z.string().nullable(),
  state: mailState,
  attempts: z.number(),
  /** When it is tried next; null unless it is queued. */
  nextAt: z.string().nullable(),
  /** Why it was not sent, as a sentence. */
  lastError: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
  failedAt: z.string().nullable(),
});
export type Mail = z.infer<typeof mail>;

export const mailSettings = z.object({
  /** Null before it was set up: mail waits. */
  server: mailServer.nullable(),
  /** The password itself never leaves the vault. */
  hasPassword: z.boolean(),
  /** Where a welcome mail sends people to; null before it was set up. */
  signInUrl: z.string().nullable(),
  template: mailTemplate,
  /** The policy `mail.welcome`. */
  welcome: z.boolean(),
  counts: z.object({ queued: z.number(), sent: z.number(), failed: z.number() }),
  /** When the next of the queued ones is due. */
  nextAt: z.string().nullable(),
});
export type MailSettings = z.infer<typeof mailSettings>;

/** What is stored of the server; how its password is given or kept. */
export const mailServerChange = z.strictObject({
  server: mailServer,
  signInUrl: webAddress,
  /** Left out: the stored one stays. Null: there is none. */
  password: z.string().min(1).max(1000).nullable().optional(),
});
export type MailServerChange = z.infer<typeof mailServerChange>;

export const mailCalls = {
  'mail.get': call(z.strictObject({}), mailSettings, 'view'),
  /** Throws invalid-input: a stored password is not sent to another server than it was given for. */
  'mail.saveServer': call(mailServerChange, mailSettings, 'edit'),
  'mail.saveTemplate': call(mailTemplate, mailSettings, 'edit'),
  /** As it would reach somebody made up. */
  'mail.preview': call(
    mailTemplate,
    z.object({ subject: z.string(), text: z.string(), html: z.string() }),
    'view',
  ),
  /** Sends one at once, by the stored settings. Throws mail-failed with the reason. */
  'mail.test': call(z.strictObject({ to: z.string().trim().min(1).max(320) }), mail, 'edit'),
  /** Newest first. */
  'mail.list': call(
    z.strictObject({
      state: mailState.optional(),
      before: z.int().optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.object({ items: z.array(mail), nextBefore: z.number().nullable() }),
    'view',
  ),
  /** The welcome mail of a member; null where none was ever due. */
  'mail.ofMember': call(z.strictObject({ memberId: z.string().min(1).max(64) }), mail.nullable(), 'view'),
  /** Tries a failed one again, from the first attempt on. */
  'mail.retry': call(z.strictObject({ id: z.string().min(1).max(64) }), mail, 'edit'),
  /** The same for all welcome mails that failed. */
  'mail.retryFailed': call(z.strictObject({}), z.object({ queued: z.number() }), 'edit'),
};
