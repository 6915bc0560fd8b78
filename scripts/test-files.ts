import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutDirectory } from './paths.ts';

const playwrightFolder = join(checkoutDirectory, 'test', 'e2e');

/** The test files on disk, as absolute paths, by the runner that must execute them. */
export function findTestFiles(): { vitest: string[]; playwright: string[] } {
  const files = readdirSync(join(checkoutDirectory, 'test'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(test|spec)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const playwright = files.filter((file) => file.startsWith(playwrightFolder));
  return { vitest: files.filter((file) => !playwright.includes(file)), playwright };
}
