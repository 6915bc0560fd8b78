import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder that holds package.json. Absolute. */
export const checkoutDirectory = join(import.meta.dirname, '..');

/** Where one checkout keeps its locks and temporary downloads. Inside node_modules, so git never sees it. */
export const checkoutCacheDirectory = join(checkoutDirectory, 'node_modules', '.cache', 'rollcall');

/**
 * The folder for things made once for each user and shared by all checkouts, following the platform's custom
 * (XDG_CACHE_HOME on Linux, ~/Library/Caches on macOS, LOCALAPPDATA on Windows).
 */
export function userCacheDirectory(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'rollcall', 'Cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'rollcall');
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'rollcall');
}
