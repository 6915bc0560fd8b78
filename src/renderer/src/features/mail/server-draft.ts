import {
  type MailSecurity,
  type MailServerChange,
  type MailSettings,
  mailServerChange,
} from '../../../../shared/contract/mail.ts';

/** What the admin has entered of the mail server so far. */
export interface ServerDraft {
  host: string;
  port: string;
  security: MailSecurity;
  user: string;
  /** Empty: the stored one stays. */
  password: string;
  senderName: string;
  senderAddress: string;
  signInUrl: string;
  certificates: string;
}

/** The ports that servers mostly use. */
export const USUAL_PORTS: Record<MailSecurity, string> = { starttls: '587', tls: '465', none: '25' };

/** A draft of what is stored; of what is usual where nothing is. */
export function serverDraft(
  { server, signInUrl }: MailSettings,
  usual: { senderName: string; signInUrl: string },
) {
  const draft: ServerDraft = {
    host: server?.host ?? '',
    port: String(server?.port ?? USUAL_PORTS.starttls),
    security: server?.security ?? 'starttls',
    user: server?.user ?? '',
    password: '',
    senderName: server?.senderName ?? usual.senderName,
    senderAddress: server?.senderAddress ?? '',
    signInUrl: signInUrl ?? usual.signInUrl,
    certificates: server?.certificates ?? '',
  };
  return draft;
}

/** With another protection, and its usual port unless somebody chose one. */
export function withSecurity(draft: ServerDraft, security: MailSecurity): ServerDraft {
  const isUsual = draft.port === '' || draft.port === USUAL_PORTS[draft.security];
  return { ...draft, security, port: isUsual ? USUAL_PORTS[security] : draft.port };
}

/** Whether something was entered that is not stored. */
export function isChanged(draft: ServerDraft, stored: ServerDraft): boolean {
  return (Object.keys(stored) as (keyof ServerDraft)[]).some((key) => draft[key] !== stored[key]);
}

type Field = keyof ServerDraft;

/** What to say under a field that is empty or wrong, where the contract's own words would not help. */
const MISSING: Partial<Record<Field, string>> = {
  host: 'Enter the name of the mail server: smtp.example.com.',
  port: 'Enter a port from 1 to 65535.',
  senderName: 'Say who the mail is from.',
  senderAddress: 'Enter the address that the mail is from.',
  signInUrl: 'Enter the whole address of the page: https://…',
};

/** The draft as the server takes it, or what is wrong, by field. */
export function readServerDraft(
  draft: ServerDraft,
): { change: MailServerChange } | { problems: Partial<Record<Field, string>> } {
  const { password, signInUrl, port, user, certificates, ...server } = draft;
  const read = mailServerChange.safeParse({
    server: {
      ...server,
      port: /^\d{1,5}$/.test(port.trim()) ? Number(port) : Number.NaN,
      user: user.trim() === '' ? null : user,
      certificates: certificates.trim() === '' ? null : certificates,
    },
    signInUrl,
    // Without a user its field is locked: what was typed before counts for nothing.
    ...(password !== '' && user.trim() !== '' && { password }),
  });
  if (read.success) return { change: read.data };
  const problems: Partial<Record<Field, string>> = {};
  for (const { path, message } of read.error.issues) {
    const field = path.at(-1) as Field;
    problems[field] ??=
      (draft[field]?.trim() === '' || field === 'port' ? MISSING[field] : undefined) ?? message;
  }
  return { problems };
}
