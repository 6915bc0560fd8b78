// Stands in for Electron's own default_app.asar, which the registry fallback lacks: loads the application named
// on the command line, so that `electron <folder>` means the same in every runtime. Imports only what Electron 33
// has, because it runs there and nowhere else.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog } from 'electron';

const target = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const folder = target === undefined ? undefined : resolve(target);

if (folder === undefined || !existsSync(join(folder, 'package.json'))) {
  dialog.showErrorBox(
    'No application',
    `There is no package.json in ${folder ?? 'any folder named on the command line'}.`,
  );
  app.exit(1);
} else {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (manifest.version) app.setVersion(manifest.version);
  app.name = manifest.productName ?? manifest.name ?? app.name;
  app.setDesktopName?.(manifest.desktopName ?? `${app.name}.desktop`);
  app.setAppPath(folder);
  const entry = createRequire(join(folder, 'package.json')).resolve(folder);
  // Awaited at the top level: Electron emits `ready` only once the application's own module has run.
  await import(pathToFileURL(entry).href);
}
