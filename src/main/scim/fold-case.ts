/**
 * Folds text for comparison where `caseExact` is false: NFC and the full Unicode lower case (protocol reference 3.10;
 * SQLite folds ASCII only). A final sigma folds like any other, so that a prefix of a text folds to a prefix.
 */
export function foldCase(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').normalize('NFC');
}

/**
 * Orders texts by code point, which is also the order of their UTF-8 bytes and so SQLite's BINARY collation. Comparing
 * with `<` would order by UTF-16 unit and put an emoji before U+FFxx.
 */
export function compareText(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = codePointRank(a.charCodeAt(i)) - codePointRank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

// Surrogates stand for code points above U+FFFF, so they rank behind U+E000–U+FFFF.
function codePointRank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}
