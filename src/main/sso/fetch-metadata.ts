import { AppError } from '../../shared/app-error.ts';

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 1_000_000;

/**
 * Downloads SAML metadata that an admin named by URL.
 * @throws {AppError} `metadata-unreachable` with the reason: no answer, a status that is not 200, or too large.
 */
export async function fetchMetadata(url: string): Promise<string> {
  try {
    return await download(url);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError(
      'metadata-unreachable',
      `${new URL(url).host} did not answer. Check the URL, or upload the file instead.`,
      { cause },
    );
  }
}

async function download(url: string): Promise<string> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { Accept: 'application/samlmetadata+xml, application/xml, text/xml' },
  });
  if (!response.ok || !response.body) {
    throw new AppError(
      'metadata-unreachable',
      `${new URL(url).host} answered ${response.status}. Check the URL, or upload the file instead.`,
    );
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > MAX_BYTES)
      throw new AppError(
        'metadata-unreachable',
        'The document at this URL is larger than 1 MB, so it is not the metadata of one IdP.',
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
