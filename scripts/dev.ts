import { runInForeground, toolScript } from './child-process.ts';
import { openDesktopSession, type SessionOptions, sessionNeeds } from './desktop-session.ts';
import { ensureElectronRuntime } from './electron-runtime.ts';
import { checkoutDirectory } from './paths.ts';
import { createReport, runScript } from './report.ts';
import { sandboxArguments } from './sandbox.ts';
import { ensureSystemPackages } from './system-packages.ts';

/** The console with live reload: electron-vite's development server around the same runtime as `npm start`. */
await runScript(async () => {
  const report = createReport();
  const options: SessionOptions = { display: 'own', keyring: 'own' };
  await ensureSystemPackages(sessionNeeds(options), report);
  const runtime = await ensureElectronRuntime(report);
  const sandbox = await sandboxArguments(runtime.executable, report);
  const session = await openDesktopSession(options, report);
  try {
    const args = [
      toolScript('electron-vite', 'electron-vite'),
      'dev',
      '--',
      ...sandbox,
      ...process.argv.slice(2),
    ];
    return await runInForeground(process.execPath, args, {
      cwd: checkoutDirectory,
      env: {
        ...session.env,
        ...runtime.env,
        ELECTRON_EXEC_PATH: runtime.executable,
        ELECTRON_RUN_AS_NODE: undefined,
      },
    });
  } finally {
    await session.close();
  }
});
