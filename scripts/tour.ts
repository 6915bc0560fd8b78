import { ensureBuilt } from './app-build.ts';
import { runInForeground, toolScript } from './child-process.ts';
import { openDesktopSession, type SessionOptions, sessionNeeds } from './desktop-session.ts';
import { ensureElectronRuntime } from './electron-runtime.ts';
import { checkoutDirectory } from './paths.ts';
import { createReport, runScript } from './report.ts';
import { ensureSystemPackages } from './system-packages.ts';

/** Walks every page in real Electron and leaves numbered pictures in test-results/tour/. */
await runScript(async () => {
  const report = createReport();
  const options: SessionOptions = { display: 'private', keyring: 'private' };
  await ensureSystemPackages(sessionNeeds(options), report);
  const runtime = await ensureElectronRuntime(report);
  await ensureBuilt(report);
  const session = await openDesktopSession(options, report);
  try {
    return await runInForeground(
      process.execPath,
      [toolScript('@playwright/test', 'playwright'), 'test', '--config', 'playwright.tour.config.ts'],
      {
        cwd: checkoutDirectory,
        env: {
          ...session.env,
          ...runtime.env,
          ELECTRON_EXECUTABLE: runtime.executable,
          ELECTRON_ARGS: JSON.stringify(runtime.args),
        },
      },
    );
  } finally {
    await session.close();
  }
});
