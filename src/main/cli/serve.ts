import { Command, InvalidArgumentError } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import { requireListening } from '../http/listener.ts';
import { originOf } from '../organization/organization.ts';
import { type GlobalOptions, logToStderr, openRollcall } from './session.ts';

interface ServeOptions extends GlobalOptions {
  host?: string;
  port?: number;
  publicUrl?: string;
  tlsCert?: string;
  tlsKey?: string;
}

/**
 * `serve`: the headless server, the same composition as under Electron. Ends with 0 on SIGTERM and SIGINT.
 * @param activityThread the file of the request log's thread.
 */
export function serveCommand(activityThread: string): Command {
  return new Command('serve')
    .description('serve the SCIM endpoint without a console')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option(
      '--port <number>',
      'port to listen on; 0 takes any free one (default: the stored one, 7643 at first)',
      readPort,
    )
    .option('--public-url <url>', 'scheme and host under which the IdP reaches this endpoint')
    .option('--tls-cert <file>', 'certificate chain, PEM')
    .option('--tls-key <file>', 'private key, PEM')
    .action(async (_options: unknown, command: Command) =>
      serve(command.optsWithGlobals<ServeOptions>(), activityThread),
    );
}

async function serve(options: ServeOptions, activityThread: string): Promise<void> {
  if ((options.tlsCert === undefined) !== (options.tlsKey === undefined)) {
    throw new AppError('invalid-input', 'TLS needs both --tls-cert and --tls-key.');
  }
  const rollcall = openRollcall(options, {
    activityThread,
    host: options.host,
    port: options.port,
    publicUrl: options.publicUrl === undefined ? undefined : originOf(options.publicUrl),
    tls:
      options.tlsCert && options.tlsKey ? { certFile: options.tlsCert, keyFile: options.tlsKey } : undefined,
  });
  try {
    // Without an organization there is nothing to serve, and nobody here to create one.
    rollcall.services.organization.require();
    requireListening(await rollcall.listener.start());
  } catch (error) {
    await rollcall.close();
    throw error;
  }
  // Before the line goes out: whoever reads it may stop us at once.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const endpoint = rollcall.services.endpoint();
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ event: 'listening', endpoint, pid: process.pid })}\n`
      : `Listening on ${endpoint} (pid ${process.pid}). Stop with Ctrl-C.\n`,
  );
  await stopped;
  logToStderr('Stopping: accepted requests are answered first.');
  await rollcall.close();
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
