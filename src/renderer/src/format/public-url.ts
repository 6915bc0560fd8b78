/** A public URL as it may be stored (scheme to port, or null for none), or what is wrong with it as a sentence. */
export function checkPublicUrl(text: string): { url: string | null; problem: string | null } {
  const trimmed = text.trim();
  if (trimmed === '') return { url: null, problem: null };

  let parsed: URL;
  try {
    parsed = new URL(trimmed);
  } catch {
    return { url: null, problem: 'Write it with its scheme, like https://scim.example.com' };
  }
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    return { url: null, problem: 'The scheme must be https, or http for tests.' };
  }
  if (parsed.username || parsed.password) {
    return { url: null, problem: 'Leave user name and password out of the URL.' };
  }
  if (parsed.pathname !== '/' || parsed.search || parsed.hash) {
    return { url: null, problem: 'Stop after host and port; Rollcall adds the path itself.' };
  }
  return { url: parsed.origin, problem: null };
}
