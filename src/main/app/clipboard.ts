import { clipboard } from 'electron';

/** How long a secret may stay on the clipboard. */
const SECRET_SECONDS = 60;

/**
 * Puts text on the clipboard. A secret is taken off after a minute, unless something else was copied meanwhile.
 * @returns the seconds until it is cleared; null when it stays.
 */
export function copyText(text: string, secret: boolean): number | null {
  clipboard.writeText(text);
  if (!secret) return null;
  const clear = async () => {
    // A string before Electron 40, a promise of one since.
    if ((await clipboard.readText()) === text) await clipboard.clear();
  };
  setTimeout(() => void clear(), SECRET_SECONDS * 1000).unref();
  return SECRET_SECONDS;
}
