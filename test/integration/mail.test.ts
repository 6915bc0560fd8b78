import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rollcall, rollcallJson, type Served, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { type MailServerFixture, startMailServer } from '../support/mail-server.ts';
import { poll } from '../support/poll.ts';
import { send } from '../support/rollcall.ts';

const SCHEMAS = ['urn:ietf:params:scim:schemas:core:2.0:User'];

let data: string;
let keyFile: string[];
const servers: (Served | MailServerFixture)[] = [];

beforeEach(async () => {
  data = await newDataDirectory();
  keyFile = [];
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('stop' in server) await server.stop('SIGKILL');
    else await server.close();
  }
  await removeDataDirectory(data);
});

const cli = (...args: string[]) => rollcall([...args, ...keyFile, '--data', data]);
const cliJson = (...args: string[]) => rollcallJson([...args, ...keyFile, '--data', data]);

async function serving(): Promise<Served> {
  const served = await serve(data);
  servers.push(served);
  return served;
}

async function mailServer(...args: Parameters<typeof startMailServer>): Promise<MailServerFixture> {
  const server = await startMailServer(...args);
  servers.push(server);
  return server;
}

const setUp = (port: number) =>
  cliJson(
    ...['mail', 'set', '--host', 'localhost', '--port', String(port), '--security', 'none'],
    ...['--sender-name', 'Acme IT', '--sender', 'it@acme.example', '--sign-in-url', 'https://acme.example/'],
  );

async function push(endpoint: string, userName: string): Promise<void> {
  const { token } = await cliJson('token', 'create');
  const body = { schemas: SCHEMAS, userName, name: { givenName: 'Ada', familyName: 'L' }, active: true };
  const answer = await send('POST', `${endpoint}/Users`, body, { Authorization: `Bearer ${token}` });
  expect(answer.status).toBe(201);
}

describe('welcome mail', () => {
  test('reaches whom the IdP pushes, sent by the process that listens', async () => {
    const smtp = await mailServer();
    await setUp(smtp.port);
    await cliJson('policy', 'set', 'mail.welcome=true');
    const served = await serving();
    await push(served.endpoint, 'ada@acme.com');
    await poll(() => smtp.received[0], 'the mail');
    expect(smtp.received[0]).toMatchObject({ from: 'it@acme.example', to: ['ada@acme.com'] });
    expect(smtp.received[0]?.raw).toContain('Hello Ada,');
    const [mail] = await poll(async () => {
      const sent = await cliJson('mail', 'list', '--state', 'sent');
      return sent.length > 0 ? sent : undefined;
    }, 'the mark');
    expect(mail).toMatchObject({ recipient: 'ada@acme.com', attempts: 1 });
    expect(await cliJson('jobs', 'list')).toMatchObject([
      { kind: 'mail', state: 'done', createdBy: 'system' },
    ]);

    const refused = await cli('jobs', 'run');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`Process ${served.pid} serves this data directory`);
  });

  test('survives a kill between the server’s yes and the mark: sent again, with the same Message-ID', async () => {
    const smtp = await mailServer({}, () => (smtp.received.length === 1 ? new Promise(() => {}) : undefined));
    await setUp(smtp.port);
    await cliJson('policy', 'set', 'mail.welcome=true');
    const served = await serving();
    await push(served.endpoint, 'ada@acme.com');
    await poll(() => smtp.received[0], 'the mail');
    await served.stop('SIGKILL');
    expect(await cliJson('jobs', 'list')).toMatchObject([{ state: 'running' }]);

    await serving();
    await poll(() => smtp.received[1], 'the mail once more');
    const ids = smtp.received.map(({ raw }) => /^Message-ID: .*$/m.exec(raw)?.[0]);
    expect(ids[0]).toBe(ids[1]);
    await poll(async () => {
      const [job] = await cliJson('jobs', 'list');
      return job.state === 'done' ? job : undefined;
    }, 'the job’s end');
    expect(await cliJson('mail', 'list')).toMatchObject([{ state: 'sent' }]);
    expect(smtp.received).toHaveLength(2);
  });

  test('that no mail server takes does not touch the push, and says why it waits', async () => {
    const smtp = await mailServer();
    await setUp(smtp.port);
    await cliJson('policy', 'set', 'mail.welcome=true');
    await smtp.close();
    servers.splice(0);
    const served = await serving();
    await push(served.endpoint, 'ada@acme.com');
    const [waiting] = await poll(async () => {
      const mails = await cliJson('mail', 'list');
      return mails[0]?.lastError ? mails : undefined;
    }, 'the failed attempt');
    expect(waiting).toMatchObject({ state: 'queued', attempts: 1 });
    expect(waiting.lastError).toContain('Nothing answers on localhost');
    expect(await served.stop('SIGTERM')).toBe(0);

    const failed = await cli('mail', 'test', 'it@acme.example');
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toContain('Nothing answers on localhost');
  });

  test('is sent by `jobs run` where nobody listens', async () => {
    const smtp = await mailServer();
    await cliJson('policy', 'set', 'mail.welcome=true');
    const served = await serving();
    await push(served.endpoint, 'ada@acme.com');
    await served.stop('SIGTERM');
    expect((await cli('jobs', 'run')).stdout).toBe('Nothing waits, nothing is due.\n');
    await setUp(smtp.port);
    const ran = await cliJson('jobs', 'run');
    expect(ran).toMatchObject([{ kind: 'mail', state: 'done', message: '1 welcome mail sent.' }]);
    expect(await cliJson('jobs', 'show', ran[0].id)).toEqual(ran[0]);
    expect(smtp.received).toHaveLength(1);
  });
});

describe('the password of the mail server', () => {
  test('is read from stdin and lies nowhere in the clear', async () => {
    const smtp = await mailServer({
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        password === 'tr0ub4dor&3' ? done(null, { user: username }) : done(new Error('Wrong')),
    });
    const key = join(data, 'key');
    await writeFile(key, Buffer.alloc(32, 7).toString('base64'));
    await chmod(key, 0o600);
    keyFile = ['--key-file', key];
    const args = ['mail', 'set', '--host', 'localhost', '--port', String(smtp.port), '--security', 'none'];
    const sender = [
      '--sender-name',
      'IT',
      '--sender',
      'it@acme.example',
      '--sign-in-url',
      'https://a.example',
    ];
    const stored = await rollcall(
      [...args, ...sender, '--user', 'rollcall', ...keyFile, '--data', data, '--json'],
      { stdin: 'tr0ub4dor&3\n' },
    );
    expect(stored.code).toBe(0);
    expect(JSON.parse(stored.stdout)).toMatchObject({ hasPassword: true });
    expect((await cli('mail', 'test', 'ada@acme.com')).code).toBe(0);
    expect(smtp.received).toMatchObject([{ user: 'rollcall' }]);

    const elsewhere = await cli('mail', 'set', '--host', '127.0.0.1');
    expect(elsewhere.code).toBe(2);
    expect(elsewhere.stderr).toContain('Enter the password again');

    expect(stored.stdout + stored.stderr).not.toContain('tr0ub4dor');
    for (const name of await readdir(data)) {
      expect((await readFile(join(data, name))).includes('tr0ub4dor'), name).toBe(false);
    }
  });
});
