import { afterEach, describe, expect, test } from 'vitest';
import { readAddress } from '../../../../src/main/mail/address.ts';
import { type MailFailure, mailFailure } from '../../../../src/main/mail/failure.ts';
import { connectMail } from '../../../../src/main/mail/smtp.ts';
import type { MailServer } from '../../../../src/shared/contract/mail.ts';
import {
  selfMadeCertificate,
  smtpAnswer,
  startMailServer,
  startSilentServer,
} from '../../../support/mail-server.ts';

/** Long enough for a busy machine to shake hands. */
const PATIENCE = { connect: 5_000, answer: 5_000, mail: 10_000 };
const IMPATIENCE = { connect: 300, answer: 300, mail: 2_000 };
const servers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function started(...args: Parameters<typeof startMailServer>) {
  const server = await startMailServer(...args);
  servers.push(server);
  return server;
}

const settings = (port: number, more: Partial<MailServer> = {}): MailServer => ({
  host: 'localhost',
  port,
  security: 'none',
  user: null,
  senderName: 'Acme "IT", Straße',
  senderAddress: 'it@acme.example',
  certificates: null,
  ...more,
});

/** Sends one mail; undefined when it was taken. */
async function sent(
  server: MailServer,
  { to = 'ada@acme.com', password = 'secret', subject = 'Hello', patience = PATIENCE } = {},
): Promise<MailFailure | undefined> {
  const sender = readAddress(server.senderAddress);
  const connection = connectMail({ ...server, sender }, password, patience);
  try {
    await connection.send({
      id: 'mail-1',
      to: readAddress(to),
      subject,
      text: 'Text.',
      html: '<p>Text.</p>',
    });
    return undefined;
  } catch (error) {
    return mailFailure(error, server, to);
  } finally {
    connection.close();
  }
}

describe('a mail', () => {
  test('arrives with both bodies, its sender and an id that stays the same', async () => {
    const server = await started();
    expect(await sent(settings(server.port))).toBeUndefined();
    const [mail] = server.received;
    expect(mail).toMatchObject({ from: 'it@acme.example', to: ['ada@acme.com'], secure: false });
    expect(mail?.raw).toContain('Message-ID: <mail-1@acme.example>');
    expect(mail?.raw).toContain('Auto-Submitted: auto-generated');
    expect(mail?.raw).toMatch(/^From: .*<it@acme\.example>/m);
    expect(mail?.raw).toContain('Content-Type: text/plain');
    expect(mail?.raw).toContain('Content-Type: text/html');
  });

  test('takes nothing from its subject into the headers but the subject', async () => {
    const server = await started();
    await sent(settings(server.port), { subject: 'Hi\r\nBcc: eve@evil.example\r\n\r\nbody' });
    expect(server.received[0]?.to).toEqual(['ada@acme.com']);
    expect(server.received[0]?.raw).not.toMatch(/^Bcc:/m);
  });

  test('to a domain of other letters is sent in ASCII, a local part of others where the server can', async () => {
    const server = await started();
    expect(await sent(settings(server.port), { to: 'müller@bücher.example' })).toBeUndefined();
    expect(server.received[0]?.to[0]?.normalize('NFC')).toMatch(/^müller@/);
  });

  test.each(['tls', 'starttls'] as const)(
    'goes by %s, signed in, when its authority is trusted',
    async (security) => {
      const { cert, key } = await selfMadeCertificate('localhost');
      const server = await started({
        secure: security === 'tls',
        cert,
        key,
        authOptional: false,
        onAuth: ({ username, password }, _session, done) =>
          username === 'rollcall' && password === 'secret'
            ? done(null, { user: username })
            : done(smtpAnswer(535, 'Authentication failed')),
      });
      const trusting = settings(server.port, { security, user: 'rollcall', certificates: cert });
      expect(await sent(trusting)).toBeUndefined();
      expect(server.received).toMatchObject([{ secure: true, user: 'rollcall' }]);

      expect(await sent(trusting, { password: 'wrong' })).toMatchObject({
        sentence: 'localhost did not let user rollcall sign in: 535 Authentication failed.',
        about: 'server',
        isFinal: false,
      });
      expect((await sent({ ...trusting, certificates: null }))?.sentence).toBe(
        'The certificate of localhost was not issued by an authority that this machine trusts. If it is your own, add the certificate of your authority.',
      );
      expect((await sent({ ...trusting, user: null }))?.sentence).toMatch(
        /^localhost wants Rollcall to sign in\./,
      );
      expect(server.received).toHaveLength(1);
    },
  );
});

describe('what goes wrong is said in a sentence', () => {
  test('nobody there', async () => {
    const server = await startMailServer();
    await server.close();
    expect(await sent(settings(server.port))).toEqual({
      sentence: `Nothing answers on localhost, port ${server.port}. Check the port, and that the mail server runs.`,
      about: 'server',
      isFinal: false,
    });
  });

  test('no such server', async () => {
    expect((await sent(settings(25, { host: 'no-such-host.invalid' })))?.sentence).toBe(
      'There is no mail server named no-such-host.invalid. Check the name.',
    );
  });

  test('a server that never says a word', async () => {
    const server = await startSilentServer();
    servers.push(server);
    for (const security of ['none', 'tls'] as const) {
      const failure = await sent(settings(server.port, { security }), { patience: IMPATIENCE });
      expect(failure?.sentence).toMatch(/^localhost did not answer in time on port \d+\./);
      expect(failure?.about).toBe('server');
    }
  });

  test('a server that takes the mail and never says so', async () => {
    const server = await started({}, () => new Promise(() => {}));
    const impatient = await sent(settings(server.port), { patience: IMPATIENCE });
    expect(impatient?.sentence).toMatch(/did not answer in time/);
    const answering = { ...PATIENCE, mail: 300 };
    expect((await sent(settings(server.port), { patience: answering }))?.sentence).toMatch(
      /did not answer in time/,
    );
  });

  test('a certificate for another name, or of yesterday', async () => {
    const other = await selfMadeCertificate('mail.acme.example');
    const server = await started({ secure: true, ...other });
    const named = settings(server.port, { security: 'tls', certificates: other.cert });
    expect((await sent(named))?.sentence).toBe(
      'The certificate of localhost is for another name. Enter the name that its certificate has.',
    );
    const old = await selfMadeCertificate('localhost', new Date('2020-01-02T00:00:00.000Z'));
    const late = await started({ secure: true, ...old });
    expect((await sent(settings(late.port, { security: 'tls', certificates: old.cert })))?.sentence).toBe(
      'The certificate of localhost is not valid today. It has to be renewed.',
    );
  });

  test('STARTTLS that is not offered: nothing is sent', async () => {
    const server = await started();
    expect((await sent(settings(server.port, { security: 'starttls' })))?.sentence).toMatch(
      /^localhost offers no STARTTLS on port \d+, so nothing was sent\./,
    );
    expect(server.received).toEqual([]);
  });

  test('TLS where the server speaks plainly', async () => {
    const server = await started();
    expect((await sent(settings(server.port, { security: 'tls' })))?.sentence).toMatch(
      /^localhost does not begin with TLS on port \d+\./,
    );
  });

  test('a server that wants STARTTLS first', async () => {
    const server = await started({
      onMailFrom: (_address, _session, done) => done(smtpAnswer(530, 'Must issue a STARTTLS command first')),
    });
    expect(await sent(settings(server.port))).toMatchObject({
      sentence:
        'localhost takes mail over a protected connection only. Choose STARTTLS. It said: 530 Must issue a STARTTLS command first.',
      about: 'server',
    });
  });

  test('a refused sender', async () => {
    const server = await started({
      onMailFrom: (_address, _session, done) => done(smtpAnswer(550, 'Not your domain')),
    });
    expect(await sent(settings(server.port))).toMatchObject({
      sentence: 'localhost takes no mail from it@acme.example: 550 Not your domain.',
      about: 'server',
    });
  });

  test.each([
    [550, true],
    [451, false],
  ])('a recipient refused with %i: final %s', async (code, isFinal) => {
    const server = await started({
      onRcptTo: (_address, _session, done) => done(smtpAnswer(code, 'No such person here')),
    });
    expect(await sent(settings(server.port))).toEqual({
      sentence: `localhost refused the recipient ada@acme.com: ${code} No such person here.`,
      about: 'mail',
      isFinal,
    });
  });
});
