import { badRequest, type ScimError } from '../error.ts';

/**
 * - `word`: an attribute name, an operator, or a literal without quotes (Microsoft, RFC 9865: `userName sw J`)
 * - `string`: a quoted literal, `text` is its value
 */
export type Token = {
  readonly kind: 'word' | 'string' | '(' | ')' | '[' | ']';
  readonly text: string;
  /** Only RFC 7644's own examples have single quotes, not its grammar. */
  readonly singleQuoted?: true;
  /** Offset of the token, and of the first character behind it. */
  readonly start: number;
  readonly end: number;
};

const MAX_FILTER_LENGTH = 8192;

const TOKEN = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|('(?:[^'\\]|\\.)*')|([^\s()[\]"]+))/suy;

/**
 * Splits a filter or a PATCH path into tokens. Only quotes, brackets and white space separate, so `eq"x"` and dots,
 * brackets or ` and ` inside a literal (thomaspoignant/scim-patch #42, #161) come out right.
 * @throws ScimError 400 invalidFilter
 */
export function tokenize(text: string): Token[] {
  if (text.length > MAX_FILTER_LENGTH) {
    throw invalidFilter(`The filter is longer than ${MAX_FILTER_LENGTH} characters.`);
  }
  const tokens: Token[] = [];
  const source = text.trimEnd();
  for (let position = 0; position < source.length; ) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(source);
    if (match === null) throw invalidFilter(`Unterminated string at position ${position} of the filter.`);
    const [, bracket, double, single, word] = match;
    const start = TOKEN.lastIndex - (bracket ?? double ?? single ?? word ?? '').length;
    const at = { start, end: TOKEN.lastIndex };
    if (bracket !== undefined) tokens.push({ kind: bracket as '(', text: bracket, ...at });
    else if (double !== undefined) tokens.push({ kind: 'string', text: readString(double, start), ...at });
    else if (single !== undefined)
      tokens.push({ kind: 'string', text: readString(requote(single), start), singleQuoted: true, ...at });
    else tokens.push({ kind: 'word', text: word ?? '', ...at });
    position = TOKEN.lastIndex;
  }
  return tokens;
}

export function invalidFilter(detail: string, hint?: string): ScimError {
  return badRequest('invalidFilter', detail, hint);
}

// RFC 7644's own example is `displayName sw 'Group'`.
function requote(single: string): string {
  const inner = single.slice(1, -1).replace(/\\.|"/gs, (found) => {
    if (found === '"') return '\\"';
    return found === "\\'" ? "'" : found;
  });
  return `"${inner}"`;
}

function readString(quoted: string, start: number): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    throw invalidFilter(`The string at position ${start} of the filter is no JSON string.`);
  }
}
