import type { MailServer } from '../../shared/contract/mail.ts';

/** Why a mail was not taken, in words and for what follows from it. */
export interface MailFailure {
  /** Says what failed and what to do, with what the server said. */
  sentence: string;
  /** `server`: no mail gets through at the moment. `mail`: this one alone. */
  about: 'server' | 'mail';
  /** Trying again without a change is pointless (an answer of 5xx about this mail, RFC 5321 section 4.2.1). */
  isFinal: boolean;
}

/** What nodemailer's errors carry. */
interface SmtpError {
  code?: string;
  /** The operating system's or OpenSSL's, where nodemailer put its own in `code`. */
  originalCode?: string;
  responseCode?: number;
  response?: string;
  /** The SMTP command that was answered. */
  command?: string;
  message: string;
}

const NOT_FOUND = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EDNS']);
const UNREACHABLE = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);
const OTHER_CERTIFICATE = new Set(['ERR_TLS_CERT_ALTNAME_INVALID']);
const OLD_CERTIFICATE = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
const UNTRUSTED_CERTIFICATE = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);

/** Says in words what nodemailer's error means for whoever set the server up. */
export function mailFailure(error: unknown, server: MailServer, recipient: string): MailFailure {
  const smtp: SmtpError = error instanceof Error ? error : { message: String(error) };
  return (
    connectionFailure(smtp, server) ??
    refusal(smtp, server, recipient) ?? {
      sentence: `${server.host} did not take the mail: ${said(smtp.response ?? smtp.message)}`,
      about: 'server',
      isFinal: false,
    }
  );
}

/** What went wrong before there was anything to refuse. */
function connectionFailure(smtp: SmtpError, server: MailServer): MailFailure | undefined {
  const { host, port } = server;
  const about = (sentence: string): MailFailure => ({ sentence, about: 'server', isFinal: false });
  const code = smtp.originalCode ?? smtp.code ?? '';
  if (NOT_FOUND.has(code)) return about(`There is no mail server named ${host}. Check the name.`);
  if (code === 'ECONNREFUSED')
    return about(`Nothing answers on ${host}, port ${port}. Check the port, and that the mail server runs.`);
  if (UNREACHABLE.has(code)) return about(`${host} can't be reached from this machine. Check the network.`);
  if (OTHER_CERTIFICATE.has(code))
    return about(`The certificate of ${host} is for another name. Enter the name that its certificate has.`);
  if (OLD_CERTIFICATE.has(code))
    return about(`The certificate of ${host} is not valid today. It has to be renewed.`);
  if (UNTRUSTED_CERTIFICATE.has(code))
    return about(
      `The certificate of ${host} was not issued by an authority that this machine trusts. If it is your own, add the certificate of your authority.`,
    );
  if (smtp.code === 'ETIMEDOUT') return about(tooLate(server));
  return tlsFailure(smtp, server, about);
}

function tlsFailure(
  smtp: SmtpError,
  { host, port, security }: MailServer,
  about: (sentence: string) => MailFailure,
): MailFailure | undefined {
  if (smtp.originalCode === 'ERR_SSL_WRONG_VERSION_NUMBER' || /wrong version number/i.test(smtp.message))
    return about(
      `${host} does not begin with TLS on port ${port}. Choose STARTTLS, or the port for TLS (mostly 465).`,
    );
  if (security === 'starttls' && /STARTTLS/.test(`${smtp.command} ${smtp.message}`))
    return about(
      `${host} offers no STARTTLS on port ${port}, so nothing was sent. Choose the port for STARTTLS (mostly 587), or TLS.`,
    );
  if (smtp.code === 'ETLS') return about(`The protected connection to ${host} failed: ${said(smtp.message)}`);
  if (smtp.responseCode === undefined && (smtp.code === 'ESOCKET' || smtp.code === 'ECONNECTION'))
    return about(`${host} ended the connection on port ${port}: ${said(smtp.message)}`);
  return undefined;
}

function tooLate({ host, port, security }: MailServer): string {
  const hint =
    security === 'tls' ? '' : ` If port ${port} is one for TLS from the start (mostly 465), choose TLS.`;
  return `${host} did not answer in time on port ${port}. Check the port, and that no firewall is between.${hint}`;
}

/** What the server said no to. */
function refusal(smtp: SmtpError, server: MailServer, recipient: string): MailFailure | undefined {
  const { host } = server;
  const words = said(smtp.response ?? smtp.message);
  const about = (sentence: string): MailFailure => ({ sentence, about: 'server', isFinal: false });
  if (smtp.responseCode === 530)
    return /starttls|tls|encrypt/i.test(words)
      ? about(`${host} takes mail over a protected connection only. Choose STARTTLS. It said: ${words}`)
      : about(`${host} wants Rollcall to sign in. Enter a user and a password. It said: ${words}`);
  if (smtp.code === 'EAUTH') return about(`${host} did not let user ${server.user} sign in: ${words}`);
  if (smtp.command === 'MAIL FROM')
    return about(`${host} takes no mail from ${server.senderAddress}: ${words}`);
  const isFinal = (smtp.responseCode ?? 0) >= 500;
  if (smtp.command === 'RCPT TO' || smtp.code === 'EENVELOPE')
    return { sentence: `${host} refused the recipient ${recipient}: ${words}`, about: 'mail', isFinal };
  if (smtp.command === 'DATA' || smtp.code === 'EMESSAGE')
    return { sentence: `${host} refused the mail to ${recipient}: ${words}`, about: 'mail', isFinal };
  return undefined;
}

/** A server's own words are a stranger's text: one line of them, and not too long. */
function said(text: string): string {
  const words = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  const short = words.length > 300 ? `${words.slice(0, 300)}…` : words;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
