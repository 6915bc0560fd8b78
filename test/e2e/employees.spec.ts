import { expect, test } from '@playwright/test';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';
import { album } from '../support/screenshots.ts';

const PORT = '17659';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

test('employee records are found, walked as a tree and ended; a mapping is previewed and saved', async () => {
  test.setTimeout(120_000);
  const shot = album('employees');
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--data', data]);
  const { app, page } = await launchConsole({ data, args: ['--port', PORT] });
  const push = async (name: string, manager?: string) => {
    const body = {
      userName: `${name}@acme.com`,
      displayName: name,
      active: true,
      title: `Title of ${name}`,
      [ENTERPRISE]: { department: 'Sales', ...(manager && { manager: { value: manager } }) },
    };
    const url = `http://127.0.0.1:${PORT}/scim/v2/acme/Users`;
    return (await send('POST', url, body, { Authorization: `Bearer ${token}` })).body.id as string;
  };
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const boss = await push('Berta');
  const lead = await push('Lena', boss);
  await push('Anton', lead);
  await push('Otto', 'nobody-we-know');

  await test.step('the tree is walked by keyboard', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Employees' }).click();
    await expect(page.getByRole('link', { name: 'Anton' })).toBeVisible();
    await shot(page, 'list');
    await page.getByText('Tree', { exact: true }).click();
    const tree = page.getByRole('tree');
    await expect(tree.getByText('Manager not known here')).toBeVisible();
    await tree.focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowDown']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(150);
    }
    await expect(tree.getByRole('treeitem', { name: /Anton/ })).toHaveAttribute('aria-level', '3');
    await shot(page, 'tree');
    await page.keyboard.press('Enter');
  });

  await test.step('the record names its managers, and ends with a reason', async () => {
    await expect(page.getByRole('list', { name: 'Managers, from the top' })).toContainText('BertaLena');
    await page.getByRole('button', { name: 'End…' }).click();
    await expect(page.getByRole('button', { name: 'End the record' })).toBeDisabled();
    await page.getByLabel('Reason').fill('Retired.');
    await page.getByRole('button', { name: 'End the record' }).click();
    await expect(page.getByRole('list', { name: 'History' })).toContainText('Ended. Retired.');
    await shot(page, 'drawer');
    await page.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('a mapping is previewed with numbers, and saved', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Attribute mapping' }).click();
    const source = page.getByLabel('Source 1 of Title', { exact: true });
    await source.fill('nonsense');
    await page.getByRole('button', { name: 'Preview and save…' }).click();
    await expect(page.getByText(/^title: /)).toBeVisible();
    await source.fill('displayName');
    await shot(page, 'mapping');
    await page.getByRole('button', { name: 'Preview and save…' }).click();
    await expect(page.getByText('4 of 4 people would change, 0 would lose access.')).toBeVisible();
    await shot(page, 'mapping-preview');
    await page.getByRole('button', { name: 'Save and change 4 people' }).click();
    await expect(page.getByText('4 people and teams were looked at.')).toBeVisible({ timeout: 20_000 });
  });

  await app.close();
  await removeDataDirectory(data);
});
