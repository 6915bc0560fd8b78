import { expect, test } from '@playwright/test';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { smtpAnswer, startMailServer } from '../support/mail-server.ts';
import { send } from '../support/rollcall.ts';
import { album } from '../support/screenshots.ts';

const PORT = '17654';
const BASE = `http://127.0.0.1:${PORT}/scim/v2/acme`;
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Mail from nothing to the first welcome: set up, tried out, switched on, sent, refused, tried again. */
test('a mail server is set up, and a welcome mail is sent, refused and tried again', async () => {
  let refusing = false;
  let waiting: (() => void) | undefined;
  let slow = false;
  const smtp = await startMailServer(
    {
      onRcptTo: (_address, _session, done) =>
        refusing ? done(smtpAnswer(550, 'No such person here')) : done(),
    },
    () =>
      slow
        ? new Promise<void>((resolve) => {
            waiting = resolve;
          })
        : undefined,
  );
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--name', 'Okta', '--data', data]);
  const { app, page } = await launchConsole({ data, args: ['--port', PORT] });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const shot = album('mail');
  const push = (userName: string, givenName: string) =>
    send(
      'POST',
      `${BASE}/Users`,
      { schemas: [USER], userName, name: { givenName, familyName: 'Example' }, active: true },
      { Authorization: `Bearer ${token}` },
    );

  await test.step('nothing is set up', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('link', { name: 'Mail', exact: true }).click();
    await expect(page.getByText('No mail server')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Jobs: No jobs' })).toBeVisible();
    await shot(page, 'empty');
  });

  await test.step('what is missing is said at its field', async () => {
    await page.getByRole('button', { name: 'Set up a mail server' }).click();
    await page.getByRole('button', { name: 'Save mail server' }).click();
    await expect(page.getByText('Enter the name of the mail server: smtp.example.com.')).toBeVisible();
    await expect(page.getByText('Enter the address that the mail is from.')).toBeVisible();
    await shot(page, 'missing');
  });

  await test.step('a password is not sent unprotected', async () => {
    await page.getByLabel('Server name').fill('smtp.example.com');
    await page.getByText('None', { exact: true }).click();
    await expect(page.getByLabel('Port')).toHaveValue('25');
    await page.getByLabel('User (optional)').fill('rollcall');
    await page.getByLabel('Password', { exact: true }).fill('secret');
    await page.getByLabel('Sender address').fill('it@acme.example');
    await page.getByLabel('Where people sign in').fill('https://acme.example/sign-in');
    await page.getByRole('button', { name: 'Save mail server' }).click();
    await expect(page.getByText('Without TLS the password would travel readable')).toBeVisible();
    await shot(page, 'unprotected');
  });

  await test.step('saved, and tried out', async () => {
    await page.getByLabel('User (optional)').fill('');
    await expect(page.getByLabel('Password', { exact: true })).toBeDisabled();
    await page.getByLabel('Server name').fill('localhost');
    await page.getByLabel('Port').fill(String(smtp.port));
    await page.getByRole('button', { name: 'Save mail server' }).click();
    await page.getByLabel('Send a test mail to').fill('admin@acme.example');
    await page.getByRole('button', { name: 'Send test mail' }).click();
    await expect(page.getByText('The mail server took it')).toBeVisible();
    expect(smtp.received.map(({ to }) => to)).toEqual([['admin@acme.example']]);
    refusing = true;
    await page.getByRole('button', { name: 'Send test mail' }).click();
    await expect(page.getByText('550 No such person here').first()).toBeVisible();
    await shot(page, 'tried-out');
    refusing = false;
  });

  await test.step('the text is changed with its preview', async () => {
    await page.getByLabel('Subject').fill('Hello {{firstName}}');
    await expect(
      page.getByRole('region', { name: 'Preview' }).getByText('Hello Ada', { exact: true }),
    ).toBeVisible();
    await page.getByLabel('Text', { exact: true }).fill('Your password is {{password}}');
    await expect(page.getByText('Nothing stands for {{password}}.')).toBeVisible();
    await page.getByLabel('Text', { exact: true }).fill('Welcome to {{organization}}: {{signInUrl}}');
    await expect(page.getByText('Welcome to Acme: https://acme.example/sign-in')).toBeVisible();
    await page.getByRole('button', { name: 'Save text' }).click();
    await expect(page.getByRole('button', { name: 'Save text' })).toBeDisabled();
  });

  await test.step('switched on; a push is welcomed, and the job is seen', async () => {
    await page.getByRole('switch', { name: /Write to people who become active/ }).click({ force: true });
    await expect(page.getByText('Once each.')).toBeVisible();
    slow = true;
    expect((await push('ada@acme.com', 'Ada')).status).toBe(201);
    await page.getByRole('button', { name: /^Jobs: Send welcome mails/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Jobs' });
    await expect(drawer.getByRole('button', { name: 'Cancel: Send welcome mails' })).toBeEnabled();
    await shot(page, 'job-running');
    slow = false;
    waiting?.();
    await expect(drawer.getByText('1 welcome mail sent.')).toBeVisible();
    await shot(page, 'job-done');
    await page.keyboard.press('Escape');
    expect(smtp.received.at(-1)).toMatchObject({ to: ['ada@acme.com'] });
    expect(smtp.received.at(-1)?.raw).toContain('Subject: Hello Ada');
  });

  await test.step('one that is refused says so, here and at the member, and can be tried again', async () => {
    refusing = true;
    expect((await push('grace@acme.com', 'Grace')).status).toBe(201);
    await expect(page.getByText('1 mail could not be sent')).toBeVisible();
    await page.getByLabel('Which mail to show').selectOption('failed');
    await expect(page.getByText('localhost refused the recipient grace@acme.com')).toBeVisible();
    await page.getByRole('list', { name: 'Latest mail' }).scrollIntoViewIfNeeded();
    await shot(page, 'failed');
    await page.getByRole('link', { name: 'grace@acme.com' }).click();
    const member = page.getByRole('dialog', { name: 'Member' });
    await expect(member.getByRole('heading', { name: 'Welcome mail' })).toBeVisible();
    await member.getByRole('heading', { name: 'Welcome mail' }).scrollIntoViewIfNeeded();
    await shot(page, 'member');
    refusing = false;
    await member.getByRole('button', { name: 'Try again' }).click();
    await expect(member.getByText('Sent', { exact: true })).toBeVisible();
    expect(smtp.received.at(-1)).toMatchObject({ to: ['grace@acme.com'] });
  });

  await test.step('readable in the dark, in a small window', async () => {
    await page.evaluate(() => window.rollcall.call('console.prefer', { colorScheme: 'dark' }));
    await page.goto('app://console/settings/enterprise/mail');
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await expect(page.getByRole('button', { name: 'Send test mail' })).toBeVisible();
    await shot(page, 'dark');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600));
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(800);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await shot(page, 'small');
    await page.getByRole('list', { name: 'Latest mail' }).scrollIntoViewIfNeeded();
    await shot(page, 'small-list');
    await page.getByRole('button', { name: /^Jobs:/ }).click();
    await expect(
      page.getByRole('dialog', { name: 'Jobs' }).getByText('1 welcome mail sent.').first(),
    ).toBeVisible();
    await shot(page, 'small-jobs');
  });

  await app.close();
  await smtp.close();
  await removeDataDirectory(data);
});
