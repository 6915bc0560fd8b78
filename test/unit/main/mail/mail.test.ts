import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { createJobs, type Jobs } from '../../../../src/main/jobs/jobs.ts';
import { type DeliveryDependencies, mailDelivery } from '../../../../src/main/mail/deliver.ts';
import { createMail, type MailService } from '../../../../src/main/mail/mail.ts';
import { createMailConfiguration } from '../../../../src/main/mail/settings.ts';
import { createVault } from '../../../../src/main/secrets/vault.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { createWriter } from '../../../../src/main/store/group-commit.ts';
import { createJobStore } from '../../../../src/main/store/jobs.ts';
import { createMailStore } from '../../../../src/main/store/mail.ts';
import { createSealedSecretStore } from '../../../../src/main/store/sealed-secrets.ts';
import { createSettingStore } from '../../../../src/main/store/settings.ts';
import type { MailServerChange } from '../../../../src/shared/contract/mail.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';
import { FakeKeychain } from '../../../support/fake-keychain.ts';
import { type MailServerFixture, smtpAnswer, startMailServer } from '../../../support/mail-server.ts';

let databases: OpenDatabases;
let keychain: FakeKeychain;
let mail: MailService;
let jobs: Jobs;
let write: <T>(work: () => T) => Promise<T>;
let clock: Date;
let welcomes: boolean;
const servers: MailServerFixture[] = [];

beforeEach(async () => {
  databases = await openDatabases();
  const { identity } = databases;
  clock = new Date('2026-03-01T12:00:00.000Z');
  welcomes = true;
  const now = () => clock;
  const settings = createSettingStore(identity);
  const secrets = createSealedSecretStore(identity);
  const audit = createAudit(createAuditInsert(identity), 'local:test', now);
  keychain = new FakeKeychain();
  const vault = createVault(keychain, secrets, undefined);
  ({ write } = createWriter(identity));
  const delivery: DeliveryDependencies = {
    store: createMailStore(identity),
    configuration: createMailConfiguration({ settings, secrets, vault, audit, write }),
    audit,
    write,
    now,
    welcomes: () => welcomes,
    organizationName: () => 'Acme',
    patience: { connect: 5_000, answer: 5_000, mail: 10_000 },
  };
  mail = createMail(delivery);
  jobs = createJobs({
    store: createJobStore(identity),
    audit,
    write,
    now,
    log: () => {},
    kinds: [mailDelivery(delivery)],
    as: (_actor, work) => work(),
    nobodyServes: () => true,
    process: { pid: 1, isAlive: () => true },
  });
});
afterEach(async () => {
  await jobs.close();
  for (const server of servers.splice(0)) await server.close();
  await databases.close();
});

async function started(...args: Parameters<typeof startMailServer>) {
  const server = await startMailServer(...args);
  servers.push(server);
  return server;
}

const change = (port: number, server: Partial<MailServerChange['server']> = {}): MailServerChange => ({
  server: {
    host: 'localhost',
    port,
    security: 'none',
    user: null,
    senderName: 'Acme IT',
    senderAddress: 'it@acme.example',
    certificates: null,
    ...server,
  },
  signInUrl: 'https://acme.example/sign-in',
});

function person(id: string, state = 'active', firstName: string | null = 'Ada'): void {
  databases.identity
    .prepare(
      `INSERT INTO member (id, origin, state, reason, since, user_name, display_name, first_name, role, sort_key,
         search_key, created_at, updated_at) VALUES (@id, 'scim', @state, '', '', @id, 'Ada L', @firstName, 'member', '', '', '', '')`,
    )
    .run({ id, state, firstName });
}

const welcome = (id: string, recipient: string | null = `${id}@acme.com`) =>
  write(() => mail.enqueueWelcome(id, recipient));
const minutes = (n: number) => {
  clock = new Date(clock.getTime() + n * 60_000);
};
const events = () =>
  databases.identity
    .prepare("SELECT event, subject, detail FROM audit_event WHERE event LIKE 'mail.%' ORDER BY seq")
    .all() as { event: string; subject: string | null; detail: string }[];

describe('a welcome mail', () => {
  test('is sent once, to one who became active, and marked', async () => {
    const server = await started();
    await mail.saveServer(change(server.port));
    person('m1');
    await welcome('m1');
    await welcome('m1', 'other@acme.com');
    expect(mail.ofMember('m1')).toMatchObject({ state: 'queued', recipient: 'm1@acme.com' });
    expect(await jobs.runDue()).toMatchObject([{ state: 'done', message: '1 welcome mail sent.' }]);
    expect(server.received.map(({ to }) => to)).toEqual([['m1@acme.com']]);
    expect(server.received[0]?.raw).toContain('Subject: Welcome to Acme');
    expect(server.received[0]?.raw).toContain('Hello Ada,');
    expect(server.received[0]?.raw).toContain('https://acme.example/sign-in');
    expect(mail.ofMember('m1')).toMatchObject({ state: 'sent', attempts: 1, sentAt: clock.toISOString() });

    await welcome('m1');
    expect(await jobs.runDue()).toEqual([]);
    expect(server.received).toHaveLength(1);
    expect(events().map(({ event, subject }) => [event, subject])).toEqual([
      ['mail.settings-changed', null],
      ['mail.sent', 'm1'],
    ]);
  });

  test('is part of the transaction of the push: undone with it', async () => {
    await expect(
      write(() => {
        mail.enqueueWelcome('m1', 'm1@acme.com');
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    expect(mail.ofMember('m1')).toBeUndefined();
  });

  test('is not queued while the policy is off, and waits while there is no server', async () => {
    welcomes = false;
    person('m1');
    await welcome('m1');
    expect(mail.ofMember('m1')).toBeUndefined();
    welcomes = true;
    await welcome('m1');
    minutes(10_000);
    expect(await jobs.runDue()).toEqual([]);
    expect(mail.settings()).toMatchObject({ server: null, counts: { queued: 1 } });
  });

  test('goes through one connection with all that are due', async () => {
    let connections = 0;
    const server = await started({
      onConnect: (_session, done) => {
        connections += 1;
        done();
      },
    });
    await mail.saveServer(change(server.port));
    for (let n = 0; n < 5; n++) {
      person(`m${n}`);
      await welcome(`m${n}`);
    }
    expect(await jobs.runDue()).toMatchObject([{ message: '5 welcome mails sent.' }]);
    expect(server.received.map(({ to }) => to[0])).toEqual([0, 1, 2, 3, 4].map((n) => `m${n}@acme.com`));
    expect(connections).toBe(1);
  });

  test.each([
    ['has no address', 'This person has no e-mail address.', () => welcome('m1', null)],
    ['lost access', 'This person lost access before the mail was sent.', () => welcome('gone')],
    [
      'has an address that could name others',
      'm1@acme.com,eve@evil.example is no e-mail address: it has a character that no address has.',
      () => welcome('m1', 'm1@acme.com,eve@evil.example'),
    ],
  ])('to somebody who %s is not sent, and says so', async (_what, sentence, queue) => {
    const server = await started();
    await mail.saveServer(change(server.port));
    person('m1');
    person('gone', 'suspended');
    await queue();
    await jobs.runDue();
    expect(server.received).toEqual([]);
    expect(mail.list({ limit: 9 })).toMatchObject([{ state: 'failed', lastError: sentence, nextAt: null }]);
  });

  test('is not sent any more once the policy was switched off', async () => {
    const server = await started();
    await mail.saveServer(change(server.port));
    person('m1');
    await welcome('m1');
    welcomes = false;
    await jobs.runDue();
    expect(server.received).toEqual([]);
    expect(mail.ofMember('m1')?.lastError).toBe('Welcome mails were switched off before this one was sent.');
  });

  test('names the display name where there is no first name', async () => {
    const server = await started();
    await mail.saveServer(change(server.port));
    person('m1', 'active', null);
    await welcome('m1');
    await jobs.runDue();
    expect(server.received[0]?.raw).toContain('Hello Ada L,');
  });

  test('forgets the address with the person, and is still never sent twice', async () => {
    const server = await started();
    await mail.saveServer(change(server.port));
    person('m1');
    await welcome('m1');
    await write(() => mail.forgetMember('m1'));
    expect(mail.ofMember('m1')).toMatchObject({ recipient: null, state: 'failed' });
    await welcome('m1');
    expect(await jobs.runDue()).toEqual([]);
  });
});

describe('what fails', () => {
  test('is tried again after 1, 4, 16, 64 and 256 minutes, then fails with the server’s sentence', async () => {
    let refusing = true;
    const server = await started({
      onRcptTo: (_address, _session, done) => (refusing ? done(smtpAnswer(451, 'Try later')) : done()),
    });
    await mail.saveServer(change(server.port));
    person('m1');
    await welcome('m1');
    for (const [index, pause] of [1, 4, 16, 64, 256].entries()) {
      await jobs.runDue();
      const nextAt = new Date(clock.getTime() + pause * 60_000).toISOString();
      expect(mail.ofMember('m1')).toMatchObject({ state: 'queued', attempts: index + 1, nextAt });
      minutes(pause - 0.5);
      expect(await jobs.runDue()).toEqual([]);
      minutes(0.5);
    }
    await jobs.runDue();
    expect(mail.ofMember('m1')).toMatchObject({
      state: 'failed',
      attempts: 6,
      nextAt: null,
      lastError: 'localhost refused the recipient m1@acme.com: 451 Try later.',
    });
    expect(events().at(-1)).toEqual({
      event: 'mail.failed',
      subject: 'm1',
      detail: JSON.stringify({ kind: 'welcome', attempts: 6 }),
    });

    refusing = false;
    const { id } = mail.list({ limit: 1 })[0] ?? { id: '' };
    expect(await mail.retry(id)).toMatchObject({ state: 'queued', attempts: 0 });
    await expect(mail.retry(id)).rejects.toMatchObject({ code: 'conflict' });
    await jobs.runDue();
    expect(mail.ofMember('m1')).toMatchObject({ state: 'sent', attempts: 1, lastError: null });
  });

  test('for good is not tried again, and does not keep the others from being sent', async () => {
    const server = await started({
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('m1') ? done(smtpAnswer(550, 'No such person')) : done(),
    });
    await mail.saveServer(change(server.port));
    for (const id of ['m1', 'm2']) {
      person(id);
      await welcome(id);
    }
    expect(await jobs.runDue()).toMatchObject([{ message: '1 welcome mail sent, 1 not taken.' }]);
    expect(mail.ofMember('m1')).toMatchObject({ state: 'failed', attempts: 1 });
    expect(mail.ofMember('m2')).toMatchObject({ state: 'sent' });
    expect(await mail.retryFailed()).toBe(1);
    expect(mail.ofMember('m1')).toMatchObject({ state: 'queued', attempts: 0 });
  });

  test('because of the server holds all that are due, after one attempt, and the job says so', async () => {
    let connections = 0;
    const server = await started({
      onMailFrom: (_address, _session, done) => {
        connections += 1;
        done(smtpAnswer(550, 'Not your domain'));
      },
    });
    await mail.saveServer(change(server.port));
    for (const id of ['m1', 'm2', 'm3']) {
      person(id);
      await welcome(id);
    }
    const sentence = 'localhost takes no mail from it@acme.example: 550 Not your domain.';
    expect(await jobs.runDue()).toMatchObject([{ state: 'failed', message: sentence }]);
    expect(connections).toBe(1);
    expect(mail.list({ limit: 9 }).map(({ attempts, lastError }) => [attempts, lastError])).toEqual(
      Array(3).fill([1, sentence]),
    );
  });

  test('because the vault is locked is said, and nothing is lost', async () => {
    const server = await started();
    await mail.saveServer({ ...change(server.port, { user: 'rollcall' }), password: 'secret' });
    person('m1');
    await welcome('m1');
    databases.identity.exec("UPDATE sealed_secret SET key_id = 'another'");
    expect(await jobs.runDue()).toMatchObject([{ state: 'failed' }]);
    expect(mail.ofMember('m1')).toMatchObject({ state: 'queued', attempts: 1 });
    expect(mail.ofMember('m1')?.lastError).toMatch(/sealed with another master key/);
  });
});

describe('cancelling the job', () => {
  test('sends no more, and what went out is marked', async () => {
    const server = await started({}, async () => {
      const running = jobs.list().find(({ state }) => state === 'running');
      if (running) await jobs.cancel(running.id, 'local:bob');
    });
    await mail.saveServer(change(server.port));
    for (const id of ['m1', 'm2']) {
      person(id);
      await welcome(id);
    }
    const manual = await jobs.start('mail', null, 'local:ann');
    await jobs.wait(manual.id);
    expect(server.received).toHaveLength(1);
    expect(jobs.get(manual.id)).toMatchObject({ state: 'cancelled' });
    expect(mail.ofMember('m1')?.state).toBe('sent');
    expect(mail.ofMember('m2')?.state).toBe('queued');
  });
});

describe('a test mail', () => {
  test('is sent at once and kept in the list', async () => {
    const server = await started();
    await expect(mail.test('ada@acme.com')).rejects.toMatchObject({ code: 'conflict' });
    await mail.saveServer(change(server.port));
    expect(await mail.test('ada@acme.com')).toMatchObject({ kind: 'test', state: 'sent' });
    expect(server.received).toHaveLength(1);
    await expect(mail.test('ada@acme.com\nBcc: eve@evil.example')).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(mail.settings().counts).toEqual({ queued: 0, sent: 0, failed: 0 });
  });

  test('that fails throws the reason and keeps it', async () => {
    const server = await startMailServer();
    await server.close();
    await mail.saveServer(change(server.port));
    await expect(mail.test('ada@acme.com')).rejects.toMatchObject({
      code: 'mail-failed',
      message: expect.stringContaining('Nothing answers on localhost'),
    });
    const [failed] = mail.list({ state: 'failed', limit: 9 });
    expect(failed).toMatchObject({ kind: 'test', attempts: 1 });
    expect(await mail.retryFailed()).toBe(0);
    await expect(mail.retry(failed?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('the settings', () => {
  test('keep the password sealed, and nowhere else', async () => {
    await mail.saveServer({ ...change(2525, { user: 'rollcall' }), password: 'tr0ub4dor&3' });
    expect(mail.settings()).toMatchObject({ hasPassword: true, server: { user: 'rollcall' } });
    expect(JSON.stringify(mail.settings())).not.toContain('tr0ub4dor');
    const everything = databases.identity.serialize().toString('latin1');
    expect(everything).toContain('it@acme.example');
    expect(everything).not.toContain('tr0ub4dor');
  });

  test('send a stored password only where it was given for', async () => {
    await mail.saveServer({ ...change(2525, { user: 'rollcall' }), password: 'secret' });
    await mail.saveServer(change(2525, { user: 'rollcall', senderName: 'Someone' }));
    for (const other of [
      { host: 'evil.example', security: 'tls' as const },
      { port: 25 },
      { user: 'root' },
    ]) {
      await expect(
        mail.saveServer(change(other.port ?? 2525, { user: 'rollcall', ...other })),
      ).rejects.toMatchObject({ code: 'invalid-input', field: 'password' });
    }
    await mail.saveServer(change(2525));
    expect(mail.settings().hasPassword).toBe(false);
    await expect(mail.saveServer(change(2525, { user: 'rollcall' }))).rejects.toMatchObject({
      field: 'password',
    });
  });

  test('refuse what would send a password readable over the network', async () => {
    const open = change(25, { host: 'smtp.example.com', user: 'rollcall' });
    await expect(mail.saveServer({ ...open, password: 'secret' })).rejects.toMatchObject({
      field: 'security',
    });
    await mail.saveServer(change(25, { host: 'smtp.example.com' }));
  });

  test.each([
    ['senderAddress', { senderAddress: 'it@acme.example, eve@evil.example' }],
    ['senderAddress', { senderAddress: 'müller@acme.example' }],
    ['certificates', { certificates: 'no certificate' }],
    ['certificates', { certificates: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }],
  ])('name the field that is wrong: %s', async (field, server) => {
    await expect(mail.saveServer(change(25, server))).rejects.toMatchObject({ code: 'invalid-input', field });
  });

  test('have a template that can be changed and looked at', async () => {
    await mail.saveServer(change(25));
    const template = { subject: 'Hi {{firstName}}', text: 'Go to {{signInUrl}}' };
    expect(mail.preview(template)).toMatchObject({
      subject: 'Hi Ada',
      text: 'Go to https://acme.example/sign-in',
    });
    await mail.saveTemplate(template);
    expect(mail.settings().template).toEqual(template);
    await expect(mail.saveTemplate({ subject: 'x', text: '{{nope}}' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});
