import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** One import statement: the file it stands in and what it names, both relative to src/ with forward slashes. */
export interface Import {
  file: string;
  /** A path relative to src/, or a package name such as `express` or `node:fs`. */
  target: string;
  /** Erased before running: it makes no dependency at run time. */
  typeOnly: boolean;
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of the TypeScript files below `root`. */
export function readImports(root: string): Import[] {
  return sourceFiles(root).flatMap((path) => importsOf(root, path, readFileSync(path, 'utf8')));
}

/** The imports of one file, given as text. */
export function importsOf(root: string, path: string, text: string): Import[] {
  const file = slashes(relative(root, path));
  const resolve = (target: string) =>
    target.startsWith('.') ? slashes(relative(root, join(dirname(path), target))) : target;
  return [
    ...[...text.matchAll(STATEMENT)].map(([, type, target = '']) => ({
      file,
      target: resolve(target),
      typeOnly: type !== undefined,
    })),
    ...[...text.matchAll(DYNAMIC)].map(([, target = '']) => ({
      file,
      target: resolve(target),
      typeOnly: false,
    })),
  ];
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function slashes(path: string): string {
  return path.split(sep).join('/');
}
