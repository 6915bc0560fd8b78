import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as the server took it. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body, as they came. */
  raw: string;
  /** Whether the connection was encrypted. */
  secure: boolean;
  user: string | undefined;
}

/** A real SMTP server on loopback. */
export interface MailServerFixture {
  port: number;
  received: ReceivedMail[];
  close(): Promise<void>;
}

/** An error with the code that the server answers. */
export function smtpAnswer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/**
 * Starts an SMTP server on a free port; without `options` it takes everything, unencrypted, from everybody.
 * @param hold called with each mail before the server says that it took it
 */
export async function startMailServer(
  options: SMTPServerOptions = {},
  hold: (mail: ReceivedMail) => unknown = () => {},
): Promise<MailServerFixture> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.cert ? [] : ['STARTTLS'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    ...options,
    onData(stream, session, done) {
      void text(stream).then(async (raw) => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail: ReceivedMail = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw,
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : undefined,
        };
        received.push(mail);
        await hold(mail);
        done();
      }, done);
    },
  });
  // A client that goes away in the middle is one of the things under test.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A server that accepts connections and never says a word. */
export async function startSilentServer(): Promise<{ port: number; close(): void }> {
  const server: Server = createServer((socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** A certificate for `name` that nobody issued, with its key; PEM. */
export async function selfMadeCertificate(
  name: string,
  notAfterDate?: Date,
): Promise<{ cert: string; key: string }> {
  const made = await generate([{ name: 'commonName', value: `Self-made for ${name}` }], {
    keySize: 2048,
    algorithm: 'sha256',
    ...(notAfterDate && { notBeforeDate: new Date(notAfterDate.getTime() - 86_400_000), notAfterDate }),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  });
  return { cert: made.cert, key: made.private };
}
