import { ensureBuilt } from './app-build.ts';
import { runInForeground } from './child-process.ts';
import { openDesktopSession, type SessionOptions, sessionNeeds } from './desktop-session.ts';
import { ensureElectronRuntime } from './electron-runtime.ts';
import { createReport, runScript } from './report.ts';
import { sandboxArguments } from './sandbox.ts';
import { ensureSystemPackages } from './system-packages.ts';

/** The console from a bare checkout: makes what is missing, then hands over to Electron and its exit code. */
await runScript(async () => {
  const report = createReport();
  const options: SessionOptions = { display: 'own', keyring: 'own' };
  await ensureSystemPackages(sessionNeeds(options), report);
  const runtime = await ensureElectronRuntime(report);
  const sandbox = await sandboxArguments(runtime.executable, report);
  await ensureBuilt(report);
  const session = await openDesktopSession(options, report);
  try {
    return await runInForeground(
      runtime.executable,
      [...sandbox, ...runtime.args, ...process.argv.slice(2)],
      { env: { ...session.env, ...runtime.env, ELECTRON_RUN_AS_NODE: undefined } },
    );
  } finally {
    await session.close();
  }
});
