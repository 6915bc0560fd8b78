import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The absolute path of a program, looked up in PATH and, on POSIX systems, where administrators' programs live. */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  // Debian leaves the sbin folders out of an ordinary user's PATH; ldconfig lives there.
  const extra = process.platform === 'win32' ? [] : ['/usr/sbin', '/sbin'];
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of [...(env.PATH ?? '').split(delimiter), ...extra]) {
    if (folder === '') continue;
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (isExecutableFile(path)) return path;
    }
  }
  return undefined;
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
