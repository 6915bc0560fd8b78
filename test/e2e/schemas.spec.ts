import { expect, test } from '@playwright/test';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';

const PORT = '17657';
const URN = 'urn:ietf:params:scim:schemas:extension:AcmeHR:2.0:User';

test('a schema is registered in the console, used by the IdP, changed and removed with its values named', async () => {
  test.setTimeout(120_000);
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--data', data]);
  const { app, page } = await launchConsole({ data, args: ['--port', PORT] });
  const push = (userName: string, values: object) =>
    send(
      'POST',
      `http://127.0.0.1:${PORT}/scim/v2/acme/Users`,
      { userName, [URN]: values },
      { Authorization: `Bearer ${token}` },
    );

  await test.step('what nobody registered is ignored', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect((await push('early@acme.com', { badge: 'B0' })).body).not.toHaveProperty([URN]);
  });

  await test.step('it is described in a form, and refused while something is wrong', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Schemas' }).click();
    await expect(page.getByText('No schemas of your own')).toBeVisible();
    await page.getByRole('button', { name: 'Register a schema' }).click();
    const register = page.getByRole('button', { name: 'Register schema' });
    await expect(register).toBeDisabled();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Acme HR');
    await expect(page.getByLabel('URN')).toHaveValue(URN);
    await page.getByLabel('Name of attribute 1').fill('1st badge');
    await expect(page.getByText('must begin with a letter')).toBeVisible();
    await expect(register).toBeDisabled();
    await page.getByLabel('Name of attribute 1').fill('badge');
    await page.getByRole('button', { name: 'Add an attribute' }).click();
    await page.getByLabel('Name of attribute 2').fill('floor');
    await page.getByLabel('Type of attribute 2').selectOption('Whole number');
    await expect(page.getByText('2 attributes for users')).toBeVisible();
    await register.click();
    await expect(page.getByRole('button', { name: `Copy ${URN}:badge` })).toBeVisible();
  });

  await test.step('the next request has it', async () => {
    for (const number of [1, 2, 3]) {
      const { body } = await push(`p${number}@acme.com`, { badge: `B${number}`, floor: String(number) });
      expect(body[URN]).toEqual({ badge: `B${number}`, floor: number });
    }
  });

  await test.step('changing it names the values that no longer fit, and waits for consent', async () => {
    await page.getByRole('button', { name: 'Change…' }).click();
    await page.getByLabel('Type of attribute 2').selectOption('Yes or no');
    await expect(page.getByText('floor: 3 people hold a value.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Change schema and delete values' })).toBeDisabled();
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('removing it names those who hold values, and the schema must be typed', async () => {
    await page.getByRole('button', { name: 'Remove…' }).click();
    await expect(page.getByText('3 people hold a value')).toBeVisible();
    const remove = page.getByRole('button', { name: 'Remove schema and values' });
    await expect(remove).toBeDisabled();
    await page.getByLabel('Type Acme HR to confirm').fill('Acme HR');
    await remove.click();
    await expect(page.getByText('The values of 3 people were deleted.')).toBeVisible();
    await expect(page.getByText('No schemas of your own')).toBeVisible();
  });

  await app.close();
  await removeDataDirectory(data);
});
