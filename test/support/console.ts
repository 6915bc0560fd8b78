import { type ElectronApplication, _electron as electron, type Page } from 'playwright';
import { newDataDirectory } from './data-directory.ts';

/** A console in real Electron, on a data directory of its own. */
export interface RunningConsole {
  app: ElectronApplication;
  page: Page;
  dataDirectory: string;
  /** Everything the process wrote to stdout and stderr so far. */
  output(): string;
}

/** How to start the built app on the runtime that `npm test` provides. */
export function consoleCommand(): { executable: string; args: string[] } {
  const { ELECTRON_EXECUTABLE, ELECTRON_ARGS } = process.env;
  if (!ELECTRON_EXECUTABLE || !ELECTRON_ARGS) {
    throw new Error('Run this through `npm test -- --only e2e`: it provides the Electron runtime.');
  }
  // Chromium's sandbox refuses to run as root, as CI does.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executable: ELECTRON_EXECUTABLE, args: [...sandbox, ...(JSON.parse(ELECTRON_ARGS) as string[])] };
}

/** Launches the built app on the runtime that `npm test` provides; `data` continues an earlier data directory. */
export async function launchConsole(
  options: { data?: string; args?: string[] } = {},
): Promise<RunningConsole> {
  const { executable, args } = consoleCommand();
  const dataDirectory = options.data ?? (await newDataDirectory());
  const app = await electron.launch({
    executablePath: executable,
    args: [...args, '--data', dataDirectory, ...(options.args ?? [])],
    timeout: 60_000,
  });
  let output = '';
  app.process().stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  app.process().stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const page = await app.firstWindow();
  return { app, page, dataDirectory, output: () => output };
}
