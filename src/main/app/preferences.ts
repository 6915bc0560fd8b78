import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { DEFAULT_PREFERENCES, type Preferences, preferences } from '../../shared/contract/console.ts';

/** What the person prefers on this machine, in a small JSON file. */
export interface PreferenceFile {
  get(): Preferences;
  set(change: Partial<Preferences>): Preferences;
}

/** Reads the file once; an unreadable or outdated one yields the defaults and is replaced at the next change. */
export function openPreferences(file: string): PreferenceFile {
  let current = DEFAULT_PREFERENCES;
  try {
    const parsed = preferences.safeParse({
      ...DEFAULT_PREFERENCES,
      ...JSON.parse(readFileSync(file, 'utf8')),
    });
    if (parsed.success) current = parsed.data;
  } catch {
    // No file yet, or not JSON: the defaults hold.
  }
  return {
    get: () => current,
    set(change) {
      current = preferences.parse({ ...current, ...change });
      writeFileSync(`${file}.partial`, `${JSON.stringify(current, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.partial`, file);
      return current;
    },
  };
}
