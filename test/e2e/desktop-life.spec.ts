import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { expect, test } from '@playwright/test';
import { rollcallJson, serve } from '../support/command-line.ts';
import { consoleCommand, launchConsole, type RunningConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';
import { album } from '../support/screenshots.ts';

const PORT = 17660;
const shot = album('desktop-life');

/** Another program that got to the port first. */
async function occupy(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Starts the app a second time, as a click on its icon or on a link would; returns its exit code. */
async function startAgain(data: string, ...args: string[]): Promise<number | null> {
  const { executable, args: own } = consoleCommand();
  const child = spawn(executable, [...own, '--data', data, ...args], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

async function prepared(): Promise<{ data: string; token: string }> {
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--data', data]);
  return { data, token };
}

const answers = async (token: string, port = PORT) =>
  (
    await send('GET', `http://127.0.0.1:${port}/scim/v2/acme/Users`, undefined, {
      Authorization: `Bearer ${token}`,
    })
  ).status;

test('one instance for a data directory; a link opens its page in the window that is there', async () => {
  const { data } = await prepared();
  const { app, page } = await launchConsole({ data, args: ['--port', String(PORT)] });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await startAgain(data, 'rollcall://members')).toBe(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible();
  expect(await startAgain(data, 'rollcall://settings/enterprise/identity-setup')).toBe(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Enterprise Identity Setup' })).toBeVisible();
  await shot(page, 'try-out-label');
  await expect(page.getByText(/try-out/i).first()).toBeVisible();
  expect(app.windows()).toHaveLength(1);
  await app.close();
  await removeDataDirectory(data);
});

test('a link that starts the app opens its page, and reloading stays there', async () => {
  const { data } = await prepared();
  const { app, page } = await launchConsole({
    data,
    args: ['--port', String(PORT), 'rollcall://settings/enterprise/identity-setup'],
  });
  const heading = page.getByRole('heading', { level: 1, name: 'Enterprise Identity Setup' });
  await expect(heading).toBeVisible();
  await page.reload();
  await expect(heading).toBeVisible();
  expect(page.url()).toContain('app://console/settings/enterprise/identity-setup');
  await app.close();
  await removeDataDirectory(data);
});

test('a port in use is a state: retry, or choose another; never a hop', async () => {
  const { data, token } = await prepared();
  const other = await occupy(PORT);
  await rollcallJson(['status', '--data', data]);
  const { app, page } = await launchConsole({ data, args: [] });
  await page.evaluate((port) => window.rollcall.call('listener.choosePort', { port }), PORT);
  await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByText(`Another program uses port ${PORT}`).first()).toBeVisible();
  await shot(page, 'port-in-use');

  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText(`Another program uses port ${PORT}`).first()).toBeVisible();
  other.close();
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText(`Another program uses port ${PORT}`)).toHaveCount(0);
  await expect.poll(() => answers(token)).toBe(200);
  await app.close();

  // Taken again at the next start: another port is chosen by a person, and kept.
  const again = await occupy(PORT);
  const second = await launchConsole({ data });
  await second.page.getByRole('button', { name: 'Choose another port' }).first().click();
  await shot(second.page, 'choose-port');
  await second.page
    .getByRole('dialog')
    .getByLabel(/port/i)
    .fill(String(PORT + 1));
  await second.page
    .getByRole('dialog')
    .getByRole('button', { name: /listen|use|choose|save/i })
    .click();
  await expect.poll(() => answers(token, PORT + 1).catch(() => 0)).toBe(200);
  again.close();
  await second.app.close();
  await removeDataDirectory(data);
});

test('closing the window asks once and keeps serving; starting again brings the window back', async () => {
  const { data, token } = await prepared();
  const { app, page } = await launchConsole({ data, args: ['--port', String(PORT)] });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await app.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = ((_window: unknown, options: { message: string }) => {
      asked.push(options.message);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    }) as unknown as typeof dialog.showMessageBox;
  });
  const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  const closeWindow = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

  await closeWindow();
  await expect.poll(() => app.windows().length).toBe(0);
  expect(await asked()).toEqual(['Keep the endpoint running in the background?']);
  expect(await answers(token)).toBe(200);

  const reopened = app.waitForEvent('window');
  expect(await startAgain(data)).toBe(0);
  await expect((await reopened).getByRole('heading', { level: 1 })).toBeVisible();
  await closeWindow();
  await expect.poll(() => app.windows().length).toBe(0);
  expect(await asked()).toHaveLength(1);
  expect(await answers(token)).toBe(200);

  // Quitting ends the endpoint and lets go of the data directory.
  const exited = once(app.process(), 'exit');
  await app.evaluate(({ app: electronApp }) => electronApp.quit()).catch(() => {});
  await exited;
  await expect(answers(token)).rejects.toThrow();
  const served = await serve(data);
  expect(await served.stop('SIGTERM')).toBe(0);
  await removeDataDirectory(data);
});

test('a console beside `serve` works on the same data, says who serves, and starts no second listener', async () => {
  const { data, token } = await prepared();
  const served = await serve(data);
  const port = Number(new URL(served.endpoint).port);
  const { app, page } = await launchConsole({ data });
  await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByText(String(served.pid)).first()).toBeVisible();
  await shot(page, 'served-elsewhere');
  await send(
    'POST',
    `${served.endpoint}/Users`,
    { userName: 'paula@example.com', displayName: 'Paula' },
    { Authorization: `Bearer ${token}` },
  );
  await page.getByRole('navigation').getByRole('link', { name: 'Members' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'paula@example.com' })).toBeVisible();
  // What another process does shows by itself.
  await send(
    'POST',
    `${served.endpoint}/Users`,
    { userName: 'quentin@example.com' },
    { Authorization: `Bearer ${token}` },
  );
  await expect(page.getByRole('row').filter({ hasText: 'quentin@example.com' })).toBeVisible();
  await app.close();
  expect(await answers(token, port)).toBe(200);
  expect(await served.stop('SIGTERM')).toBe(0);
  await removeDataDirectory(data);
});

test.describe('the page is kept in its box', () => {
  let running: RunningConsole;
  test.beforeAll(async () => {
    running = await launchConsole({ args: ['--port', String(PORT)] });
  });
  test.afterAll(async () => {
    await running.app.close();
    await removeDataDirectory(running.dataDirectory);
  });

  test('no Node, no network, no eval', async () => {
    const { page } = running;
    expect(
      await page.evaluate(() => [
        typeof (globalThis as { require?: unknown }).require,
        typeof (globalThis as { process?: unknown }).process,
      ]),
    ).toEqual(['undefined', 'undefined']);
    expect(Object.keys(await page.evaluate(() => ({ ...window.rollcall })))).toEqual(['call', 'subscribe']);
    await expect(
      page.evaluate((port) => fetch(`http://127.0.0.1:${port}/scim/v2/Users`), PORT),
    ).rejects.toThrow();
    const policy = await running.app.evaluate(async ({ session }) => {
      const response = await session.defaultSession.fetch('app://console/');
      return response.headers.get('content-security-policy');
    });
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('it navigates nowhere and opens nothing', async () => {
    const { app, page } = running;
    await app.evaluate(({ shell }) => {
      Object.assign(globalThis, { opened: [] as string[] });
      shell.openExternal = (url: string) => {
        (globalThis as unknown as { opened: string[] }).opened.push(url);
        return Promise.resolve();
      };
    });
    for (const url of [
      'https://example.invalid/?next=app://console/',
      'file:///etc/passwd',
      'app://elsewhere/',
      'javascript:alert(1)',
    ]) {
      await page.evaluate((target) => {
        location.href = target;
      }, url);
      await page.evaluate((target) => window.open(target), url);
    }
    expect(page.url()).toMatch(/^app:\/\/console\//);
    expect(app.windows()).toHaveLength(1);
    // https goes to the system browser; nothing else goes anywhere.
    expect(await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([
      'https://example.invalid/?next=app://console/',
    ]);
  });

  test('the contract over Electron IPC refuses what it must', async () => {
    const { page } = running;
    const code = (name: string, input: unknown) =>
      page.evaluate(
        async ([callName, callInput]) => {
          const envelope = await window.rollcall.call(callName as string, callInput);
          return envelope.ok ? 'ok' : envelope.error.code;
        },
        [name, input] as const,
      );
    expect(await code('policy.get', {})).toBe('ok');
    expect(await code('console.preferences', {})).toBe('ok');
    expect(await code('policy.delete', {})).toBe('unknown-call');
    expect(await code('__proto__', {})).toBe('unknown-call');
    expect(await code('policy.set', { paused: 'yes' })).toBe('invalid-input');
    expect(await code('policy.set', { unheard: true })).toBe('invalid-input');
    expect(await code('members.get', { id: 'nobody' })).toBe('not-found');
    expect(
      await code('sso.inspect', { kind: 'saml-xml', provider: 'okta', xml: 'x'.repeat(2_100_000) }),
    ).toBe('too-large');
    expect(await code('console.openExternal', { url: 'file:///etc/passwd' })).toBe('invalid-input');
  });

  test('another window with the same preload script is not trusted', async () => {
    const { app, page } = running;
    const preload = await app.evaluate(
      ({ app: electronApp }) => `${electronApp.getAppPath()}/out/preload/index.cjs`,
    );
    const opened = app.waitForEvent('window');
    await app.evaluate(async ({ BrowserWindow }, script) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload: script } });
      await window.loadURL('app://console/members');
    }, preload);
    const stranger = await opened;
    const answer = await stranger.evaluate(() => window.rollcall.call('policy.get', {}));
    expect(answer).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } });
    await stranger.close();
    expect(await page.evaluate(() => window.rollcall.call('policy.get', {}))).toMatchObject({ ok: true });
  });
});
