import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { createTransport } from 'nodemailer';
import type { MailServer } from '../../shared/contract/mail.ts';
import type { MailAddress } from './address.ts';
import type { RenderedMail } from './template.ts';

/** One mail as it is handed to the server. */
export interface OutgoingMail extends RenderedMail {
  /** Stays the same over all attempts, so that whoever gets it twice can tell. */
  id: string;
  to: MailAddress;
}

/** A connection to the mail server, opened with the first mail and used for all. */
export interface MailConnection {
  /** Resolves once the server has taken the mail; rejects with nodemailer's error. */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

/** How long a silent server is waited for, in milliseconds. */
export interface MailPatience {
  /** For the connection and for the greeting. */
  connect: number;
  /** For the answer to a command. */
  answer: number;
  /** For one mail as a whole: a server may keep answering and get nowhere. */
  mail: number;
}

const PATIENCE: MailPatience = { connect: 8_000, answer: 10_000, mail: 25_000 };

/** Prepares a connection by the settings; nothing is sent before the first mail. */
export function connectMail(
  server: MailServer & { sender: MailAddress },
  password: string | undefined,
  patience: MailPatience = PATIENCE,
): MailConnection {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    // Never the weaker one by itself: nodemailer would take what the server offers.
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    ...(server.user !== null && { auth: { user: server.user, pass: password ?? '' } }),
    tls: { minVersion: 'TLSv1.2', ca: trusted(server.certificates) },
    pool: true,
    maxConnections: 1,
    maxMessages: Number.POSITIVE_INFINITY,
    // Trying again is our own affair: what was tried is in the database.
    maxRequeues: 0,
    connectionTimeout: patience.connect,
    greetingTimeout: patience.connect,
    socketTimeout: patience.answer,
    dnsTimeout: patience.connect,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const from = server.sender.address;
  return {
    async send({ id, to, subject, text, html }) {
      const taken = transport.sendMail({
        envelope: { from, to: [to.address] },
        from: { name: server.senderName, address: from },
        to: { name: '', address: to.address },
        subject,
        text,
        html,
        messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
        // No out-of-office answers to a machine (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      const timer = new AbortController();
      try {
        await Promise.race([taken, overdue(patience.mail, timer.signal)]);
      } finally {
        timer.abort();
      }
    },
    close: () => transport.close(),
  };
}

/** Rejects as nodemailer does when a server is silent. */
async function overdue(afterMs: number, signal: AbortSignal): Promise<never> {
  await sleep(afterMs, undefined, { signal, ref: false }).catch(() => {});
  throw Object.assign(new Error('The mail took too long.'), { code: 'ETIMEDOUT' });
}

/** Node's own authorities, the system's where Node can ask for them, and those of the admin's. */
function trusted(certificates: string | null): string[] {
  // Not before Node 22.15.
  const ask: typeof tls.getCACertificates | undefined = tls.getCACertificates;
  const known = ask ? [...ask('default'), ...ask('system')] : [...tls.rootCertificates];
  return certificates === null ? known : [...known, certificates];
}
