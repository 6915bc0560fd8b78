import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LABEL = 'rollcall_';
/** 256 bits in base 62. */
const SECRET_LENGTH = 43;
/** A CRC-32 in base 62. */
const CHECKSUM_LENGTH = 6;
/** The label and four characters: enough to tell tokens apart, 24 of 256 bits. */
const PREFIX_LENGTH = LABEL.length + 4;

/**
 * Finds anything that looks like more of one of our tokens than may be shown, wherever a caller put it. The `_` is for
 * two that were pasted into one.
 */
const TOKEN_PATTERN = new RegExp(`${LABEL}[0-9A-Za-z_]{${PREFIX_LENGTH - LABEL.length + 1},}`, 'g');

/** Makes a token: label, 256 random bits, checksum (D4). The checksum lets scanners and typos be told apart. */
export function generateToken(): string {
  const secret = base62(BigInt(`0x${randomBytes(32).toString('hex')}`), SECRET_LENGTH);
  return `${LABEL}${secret}${checksum(secret)}`;
}

/** Whether a text has the form of a token, its checksum included. Says nothing about it being live. */
export function isTokenFormat(text: string): boolean {
  const body = text.slice(LABEL.length);
  return (
    text.startsWith(LABEL) &&
    body.length === SECRET_LENGTH + CHECKSUM_LENGTH &&
    checksum(body.slice(0, SECRET_LENGTH)) === body.slice(SECRET_LENGTH)
  );
}

/** The part of a token that may be shown. */
export function tokenPrefix(token: string): string {
  return token.slice(0, PREFIX_LENGTH);
}

/** SHA-256; a random 256-bit secret needs no slow hash. */
export function tokenDigest(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** Cuts every token in a text down to its prefix: for whatever is logged. */
export function maskTokens(text: string): string {
  // Asked of every text that is logged; hardly any holds one.
  if (!text.includes(LABEL)) return text;
  return text.replace(TOKEN_PATTERN, (token) => `${tokenPrefix(token)}…`);
}

function checksum(secret: string): string {
  return base62(BigInt(crc32(secret)), CHECKSUM_LENGTH);
}

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = ALPHABET[Number(rest % 62n)] + text;
  return text;
}
