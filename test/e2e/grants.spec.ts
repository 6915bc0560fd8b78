import { expect, type Page, test } from '@playwright/test';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole, type RunningConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';
import { album } from '../support/screenshots.ts';

const PORT = 17671;
const shot = album('grants');

async function lookNarrowAndDark(page: Page, app: RunningConsole['app'], name: string): Promise<void> {
  await shot(page, name);
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'dark'));
  await shot(page, `${name}-dark`);
  const resize = (width: number) =>
    app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setSize(size, 820), width);
  await resize(800);
  await shot(page, `${name}-800`);
  await resize(1280);
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
}

test('teams and roles: why somebody has them, previews, pauses, templates and grants by hand', async () => {
  test.setTimeout(180_000);
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--data', data]);
  const running = await launchConsole({ data, args: ['--port', String(PORT)] });
  const { app, page } = running;
  const idp = (method: string, path: string, body?: object) =>
    send(method, `http://127.0.0.1:${PORT}/scim/v2/acme${path}`, body, { Authorization: `Bearer ${token}` });
  const navigation = page.getByRole('navigation', { name: 'Main' });
  const dialog = page.getByRole('dialog').last();
  const drawer = page.getByRole('dialog').first();

  await test.step('the IdP pushes people and a group', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const members: { value: string }[] = [];
    for (const name of ['Ann', 'Bob', 'Cat']) {
      const userName = `${name.toLowerCase()}@acme.com`;
      const { body } = await idp('POST', '/Users', { userName, displayName: name, active: true });
      members.push({ value: String(body.id) });
    }
    await idp('POST', '/Groups', { displayName: 'Engineering', members });
  });

  await test.step('a role is created, and a group gives it after saying to whom', async () => {
    await navigation.getByRole('link', { name: 'Roles' }).click();
    await expect(page.getByRole('link', { name: 'Owner' })).toBeVisible();
    await lookNarrowAndDark(page, app, 'roles');
    await page.getByRole('button', { name: 'Create a role' }).click();
    await dialog.getByLabel('Name').fill('Developer');
    await dialog.getByRole('button', { name: 'Create role' }).click();
    await expect(drawer.getByText('Nothing from the IdP gives it.')).toBeVisible();
    await drawer.getByRole('button', { name: 'Add a mapping…' }).click();
    await dialog.getByRole('combobox', { name: 'Group' }).click();
    await page.getByRole('option', { name: 'Engineering (3 people)' }).click();
    await expect(dialog.getByText('3 people get the role “Developer”.')).toBeVisible();
    await shot(page, 'add-mapping');
    await dialog.getByRole('button', { name: 'Add mapping' }).click();
    await expect(drawer.getByText('In force')).toBeVisible();
    await expect(drawer.getByRole('link', { name: 'Cat' })).toBeVisible();
    await lookNarrowAndDark(page, app, 'role');
  });

  await test.step('changing its permissions tells to how many people it applies', async () => {
    await drawer.getByRole('button', { name: 'Change…', exact: true }).click();
    await dialog.getByLabel('Permissions').fill('members.view');
    await dialog.getByLabel('Permissions').press('Enter');
    await expect(
      dialog.getByText('This is applied to 3 people who hold the role “Developer” now.'),
    ).toBeVisible();
    await expect(dialog.getByText('3 people gain it, having it from no other role.')).toBeVisible();
    await shot(page, 'change-role');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(drawer.getByText('See who is here')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('a member’s page answers why, and grants by hand survive a pause', async () => {
    await navigation.getByRole('link', { name: 'Members' }).click();
    await page.getByRole('link', { name: 'Ann' }).click();
    await drawer.getByRole('button', { name: 'Give a team or role…' }).click();
    await dialog.getByRole('combobox', { name: 'Team or role' }).fill('Eng');
    await page.getByRole('option', { name: 'Team Engineering' }).click();
    await dialog.getByLabel('Note').fill('Leads the team');
    await expect(dialog.getByText('1 person holds it already')).toBeVisible();
    await dialog.getByRole('button', { name: 'Give', exact: true }).click();
    const item = drawer.getByRole('listitem').filter({ hasText: 'Team Engineering' });
    await item.getByText('Why?').click();
    await expect(item.getByText('Leads the team').first()).toBeVisible();
    await expect(item.getByText('Take the person out of the group “Engineering” at the IdP.')).toBeVisible();
    await item.scrollIntoViewIfNeeded();
    await lookNarrowAndDark(page, app, 'why');
    await page.keyboard.press('Escape');

    await navigation.getByRole('link', { name: 'Teams' }).click();
    await page.getByRole('link', { name: 'Engineering' }).click();
    await drawer.getByRole('button', { name: 'Pause Group “Engineering”' }).click();
    await expect(dialog.getByText('2 people lose the team “Engineering”.')).toBeVisible();
    await expect(dialog.getByRole('link', { name: 'Bob' })).toBeVisible();
    await shot(page, 'pause');
    await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(drawer.getByText('Paused', { exact: true })).toBeVisible();
    await expect(drawer.getByRole('link', { name: 'Bob' })).toBeHidden();
    await expect(drawer.getByRole('link', { name: 'Ann' })).toBeVisible();
    await lookNarrowAndDark(page, app, 'team');
    await page.keyboard.press('Escape');
    await lookNarrowAndDark(page, app, 'teams');
  });

  await test.step('a team of one’s own is created and deleted', async () => {
    await page.getByRole('button', { name: 'Create a team' }).click();
    await dialog.getByLabel('Name').fill('Climbing');
    await dialog.getByRole('button', { name: 'Create team' }).click();
    await drawer.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete team' }).click();
    await expect(page.getByText('The team Climbing is gone; 0 people were in it.')).toBeVisible();
  });

  await test.step('the command line tells the same', async () => {
    const shown = await rollcallJson(['grants', 'show', 'ann@acme.com', '--data', data]);
    expect(
      shown.grants.map(({ target, byHand }: { target: { name: string }; byHand: boolean }) => [
        target.name,
        byHand,
      ]),
    ).toEqual([
      ['Engineering', true],
      ['Developer', false],
      ['Member', false],
    ]);
    const mappings = await rollcallJson(['mappings', 'list', '--data', data]);
    expect(mappings).toHaveLength(2);
    const paused = mappings.find(({ pausedAt }: { pausedAt: string | null }) => pausedAt !== null);
    await rollcallJson(['mappings', 'resume', paused.id, '--data', data]);
    const teams = await rollcallJson(['teams', 'list', '--data', data]);
    expect(teams).toMatchObject([{ name: 'Engineering', activeMembers: 3, manualMembers: 1 }]);
  });

  await app.close();
  await removeDataDirectory(data);
});
