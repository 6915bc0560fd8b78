import { domainToASCII } from 'node:url';
import { AppError } from '../../shared/app-error.ts';

/** An e-mail address in the form that mail servers take: its domain in ASCII (RFC 5890), its local part as it is. */
export interface MailAddress {
  address: string;
  /** Needs a server with SMTPUTF8 (RFC 6531): there is no ASCII form of what stands before the @. */
  isInternational: boolean;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through.
const FORBIDDEN = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029<>()[\]\\,;:"]/;

/**
 * Reads one address. Strict on purpose: what could end a header or an SMTP command, or name a second recipient, is
 * refused rather than quoted.
 * @throws {AppError} `invalid-input` with a sentence that says what is wrong
 */
export function readAddress(text: string): MailAddress {
  const refused = (why: string) =>
    new AppError('invalid-input', `${shown(text)} is no e-mail address: ${why}`);
  if (FORBIDDEN.test(text)) throw refused('it has a character that no address has.');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  if (at < 1 || local.includes('@')) throw refused('it needs one @ between a name and a domain.');
  const domain = domainToASCII(text.slice(at + 1));
  if (domain === '') throw refused('there is no such domain.');
  // Counted as they are sent (RFC 5321 section 4.5.3.1).
  if (Buffer.byteLength(local) > 64 || Buffer.byteLength(local) + domain.length > 253)
    throw refused('it is too long.');
  if (/^\.|\.$|\.\./.test(local)) throw refused('a dot stands where none may.');
  return { address: `${local}@${domain}`, isInternational: /[\u0080-\uffff]/.test(local) };
}

/** What was entered, fit for a sentence. */
function shown(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '·').slice(0, 100);
}
