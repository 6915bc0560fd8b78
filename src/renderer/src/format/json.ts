const INDENT = '  ';

/** Whether a line break belongs on both sides of this character, outside strings. */
function breaks(character: string): 'open' | 'close' | 'next' | undefined {
  if (character === '{' || character === '[') return 'open';
  if (character === '}' || character === ']') return 'close';
  if (character === ',') return 'next';
  return undefined;
}

/** The index of the next character that is not white space. */
function nextToken(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}

/** Lays valid JSON out over lines and touches nothing but white space: numbers and escapes stay as they were sent. */
function layOut(json: string): string {
  const text = json.trim();
  let out = '';
  let depth = 0;
  let inString = false;

  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (inString) {
      out += character;
      if (character === '\\') {
        at += 1;
        out += text[at];
      } else if (character === '"') inString = false;
      continue;
    }
    if (/\s/.test(character)) continue;

    const kind = breaks(character);
    const after = kind === 'open' ? nextToken(text, at + 1) : at;
    if (kind === 'open' && breaks(text[after] ?? '') === 'close') {
      out += character + text[after];
      at = after;
    } else if (kind === 'open') {
      depth += 1;
      out += `${character}\n${INDENT.repeat(depth)}`;
    } else if (kind === 'close') {
      depth -= 1;
      out += `\n${INDENT.repeat(depth)}${character}`;
    } else if (kind === 'next') {
      out += `${character}\n${INDENT.repeat(depth)}`;
    } else {
      out += character === ':' ? ': ' : character;
      inString = character === '"';
    }
  }
  return out;
}

/** A logged body, laid out if it is JSON; a body that is not (or was cut short) comes back as it is. */
export function prettyBody(body: string): string {
  try {
    JSON.parse(body);
  } catch {
    return body;
  }
  return layOut(body);
}
