import { expect, test } from '@playwright/test';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';
import { album } from '../support/screenshots.ts';

const PORT = '17652';
const BASE = `http://127.0.0.1:${PORT}/scim/v2/acme`;
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A rule that an IdP needs: seen where it fired, switched off with a warning, refused with its name, reset. */
test('a rule is seen, counted, switched off and reset', async () => {
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--name', 'Entra production', '--data', data]);
  const { app, page } = await launchConsole({ data, args: ['--port', PORT] });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const shot = album('compatibility');
  const headers = { Authorization: `Bearer ${token}`, 'User-Agent': 'Microsoft Entra ID' };
  const created = await send(
    'POST',
    `${BASE}/Users`,
    { schemas: [USER], userName: 'ann@example.com' },
    headers,
  );
  const disable = () =>
    send(
      'PATCH',
      `${BASE}/Users/${created.body.id}`,
      { schemas: [PATCH_OP], Operations: [{ op: 'Replace', path: 'active', value: 'False' }] },
      headers,
    );
  expect((await disable()).status).toBe(200);

  const rule = page.getByRole('listitem').filter({ hasText: 'string-boolean' });
  const toggle = rule.getByRole('switch', { name: 'Text for a boolean' });

  await test.step('counted, with the IdP that needed it', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('link', { name: 'Compatibility' }).click();
    await expect(page.getByText('Your IdP has needed 2 of these 23 so far.')).toBeVisible();
    await expect(rule.getByText('1 request')).toBeVisible();
    await expect(rule.getByText('Entra ID', { exact: true })).toBeVisible();
    await expect(page.getByRole('switch', { name: 'Password dropped' })).toBeDisabled();
    await shot(page, 'rules');
  });

  await test.step('shown on the request it fired on', async () => {
    await rule.getByRole('link', { name: '1 request' }).click();
    await expect(
      page.getByRole('button', { name: /only those that needed “Text for a boolean”/ }),
    ).toBeVisible();
    await page.getByRole('row').filter({ hasText: 'PATCH' }).click();
    const drawer = page.getByRole('dialog', { name: 'Request' });
    await expect(drawer.getByRole('heading', { name: 'Rules it needed' })).toBeVisible();
    await expect(
      drawer.getByText('Reads the texts "True" and "False" as booleans.', { exact: true }),
    ).toBeVisible();
    await shot(page, 'request');
    await drawer.getByRole('link', { name: 'All rules and their switches' }).click();
  });

  await test.step('switched off: says what that does, and does it', async () => {
    // The switch follows the stored state: a click only asks.
    await toggle.click({ force: true });
    const dialog = page.getByRole('dialog', { name: 'Switch off “Text for a boolean”?' });
    await expect(dialog.getByText('refused with 400 invalidValue')).toBeVisible();
    await expect(dialog.getByText('1 request needed it so far')).toBeVisible();
    await shot(page, 'switch-off');
    await dialog.getByRole('button', { name: 'Switch off' }).click();
    await expect(rule.getByText('Switched off')).toBeVisible();
    await expect(toggle).not.toBeChecked();
    const refused = await disable();
    expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(refused.body.detail).toContain('string-boolean');
    await shot(page, 'switched-off');
  });

  await test.step('back to what the profile says', async () => {
    await rule.getByRole('button', { name: 'Back to the profile’s default' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click();
    await expect(toggle).toBeChecked();
    expect((await disable()).status).toBe(200);
  });

  await test.step('another profile says what it changes before it is used', async () => {
    await page.getByLabel('Profile of the organization').selectOption('rfc');
    await expect(
      page.getByText(/Your IdP has needed these, and will be refused: .*Text for a boolean/),
    ).toBeVisible();
    await shot(page, 'another-profile');
    await page.getByRole('button', { name: 'Use the RFC profile' }).click();
    await expect(rule.getByText('Off by profile')).toBeVisible();
    expect((await disable()).status).toBe(400);
  });

  await test.step('readable in the dark, in a small window', async () => {
    await page.evaluate(() => window.rollcall.call('console.prefer', { colorScheme: 'dark' }));
    await page.goto('app://console/settings/enterprise/compatibility');
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600));
    await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(800);
    await shot(page, 'small');
    await toggle.scrollIntoViewIfNeeded();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await shot(page, 'small-rules');
  });

  await test.step('one token keeps a profile of its own', async () => {
    await page.goto('app://console/settings/enterprise/identity-setup?step=endpoint');
    await page.getByRole('button', { name: 'IdP profile' }).click();
    const dialog = page.getByRole('dialog', { name: 'IdP profile of “Entra production”' });
    await dialog.getByLabel('IdP profile').selectOption('entra');
    await shot(page, 'token-profile');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    expect((await disable()).status).toBe(204);
  });

  await app.close();
  await removeDataDirectory(data);
});
