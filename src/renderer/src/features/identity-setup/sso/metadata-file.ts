/** The largest metadata that the contract takes, in characters. */
const LONGEST = 1_000_000;

/** Metadata exported on Windows may be UTF-16; its first two bytes say so. */
function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** Reads a metadata file; rejects with a sentence for the person. */
export async function readMetadataFile(file: File): Promise<{ name: string; xml: string }> {
  if (file.size > 2 * LONGEST) throw new Error(`${file.name} is too large for SAML metadata.`);
  const xml = decode(new Uint8Array(await file.arrayBuffer()));
  if (xml.length > LONGEST) throw new Error(`${file.name} is too large for SAML metadata.`);
  if (!xml.trim()) throw new Error(`${file.name} is empty.`);
  return { name: file.name, xml };
}
