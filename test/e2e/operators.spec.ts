import { expect, test } from '@playwright/test';
import { localOperator } from '../../src/main/data-directory.ts';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { album } from '../support/screenshots.ts';

const PORT = '17659';
const ME = localOperator();
const MY_NAME = ME.slice('local:'.length);

test('operators are added, changed and removed; a viewer is told why nothing can be changed', async () => {
  test.setTimeout(120_000);
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--data', data]);
  const { app, page } = await launchConsole({ data, args: ['--port', PORT] });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const shot = album('operators');
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });

  await test.step('who I am, and that I have to stay', async () => {
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Settings', exact: true })
      .click();
    await page.getByRole('link', { name: 'Operators' }).click();
    await expect(page.getByRole('region', { name: 'You' }).getByText(ME)).toBeVisible();
    await expect(page.getByRole('button', { name: `Remove ${MY_NAME}` })).toBeDisabled();
    await expect(page.getByRole('button', { name: `Remove ${MY_NAME}` })).toHaveAttribute(
      'title',
      /last owner who can sign in without SSO/,
    );
    await shot(page, 'first-owner');
  });

  await test.step('added, once', async () => {
    const dialog = page.getByRole('dialog', { name: 'Add an operator' });
    for (const attempt of [1, 2]) {
      await page.getByRole('button', { name: 'Add an operator' }).click();
      const confirm = dialog.getByRole('button', { name: 'Add operator' });
      await expect(confirm).toBeDisabled();
      await dialog.getByLabel('Name').fill('Bob Example');
      await dialog.getByLabel('E-mail address').fill('bob@acme.com');
      await expect(dialog.getByLabel('Recovery operator')).toBeDisabled();
      await dialog.getByRole('radio', { name: 'Admin' }).check();
      if (attempt === 1) await shot(page, 'add');
      await confirm.click();
      if (attempt === 1) await expect(row('bob@acme.com').getByText('Admin')).toBeVisible();
    }
    await expect(dialog.getByText('bob@acme.com is an operator already, Bob Example.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('made an owner who can recover', async () => {
    await page.getByRole('button', { name: 'Change Bob Example' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change Bob Example' });
    await dialog.getByRole('radio', { name: 'Owner' }).check();
    await dialog.getByRole('switch', { name: 'Recovery operator' }).check();
    await expect(dialog.getByText('can change and remove every other operator')).toBeVisible();
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await expect(row('bob@acme.com').getByText('Recovery')).toBeVisible();
    await shot(page, 'two-owners');
  });

  await test.step('what another process adds is shown; removing asks by name', async () => {
    await rollcallJson([
      ...['operators', 'add', 'eve@acme.com', '--name', 'Eve', '--permission', 'viewer', '--data', data],
    ]);
    await page.getByRole('button', { name: 'Remove Eve' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Eve?' });
    await shot(page, 'remove');
    await dialog.getByRole('button', { name: 'Remove Eve' }).click();
    await expect(row('eve@acme.com')).toHaveCount(0);
    const operators = await rollcallJson(['operators', 'list', '--data', data]);
    expect(operators.map(({ name }: { name: string }) => name).sort()).toEqual(
      ['Bob Example', MY_NAME].sort(),
    );
  });

  await test.step('I make myself a viewer: every page says so, the buttons too, and the main process decides', async () => {
    await page.getByRole('button', { name: `Change ${MY_NAME}` }).click();
    const dialog = page.getByRole('dialog', { name: `Change ${MY_NAME}` });
    await dialog.getByRole('radio', { name: 'Viewer' }).check();
    await expect(dialog.getByText('You lose what an owner may do at once')).toBeVisible();
    await shot(page, 'demote-myself');
    await dialog.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('complementary', { name: 'Permission' })).toContainText('You are a viewer');
    const add = page.getByRole('button', { name: 'Add an operator' });
    await expect(add).toBeDisabled();
    await expect(add).toHaveAttribute('title', 'You are a viewer. Only an owner can change operators.');
    await shot(page, 'viewer');
    const envelopes = await page.evaluate(async () => {
      const door = window as unknown as {
        rollcall: { call(name: string, input: unknown): Promise<{ ok: boolean; error?: { code: string } }> };
      };
      return Promise.all(
        [
          ['policy.set', { paused: true }],
          ['tokens.create', { name: 'x', expiresInDays: null }],
          ['operators.add', { name: 'X', email: 'x@acme.com', permission: 'owner' }],
        ].map(([name, input]) => door.rollcall.call(name as string, input)),
      );
    });
    expect(envelopes.map(({ error }) => error?.code)).toEqual(Array(3).fill('not-permitted'));
  });

  await test.step('another process gives it back, and the page follows', async () => {
    await rollcallJson(['operators', 'reclaim', '--data', data]);
    await expect(page.getByRole('complementary', { name: 'Permission' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Add an operator' })).toBeEnabled();
  });

  await app.close();
  await removeDataDirectory(data);
});
