import { expect, test } from '@playwright/test';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';
import { album } from '../support/screenshots.ts';

const PORT = '17673';
const URL = `http://127.0.0.1:${PORT}/scim/v2/acme`;
const THEMES = ['light', 'dark'] as const;

/** A console on an organization with review and plain user names, and a way to push into it. */
async function openConsole() {
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  await rollcallJson(['policy', 'set', 'userName.email=false', 'activation=review', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--data', data]);
  const { app, page } = await launchConsole({ data, args: ['--port', PORT] });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const authorization = { Authorization: `Bearer ${token}` };
  async function push(userName: string, email: string, more: object = {}): Promise<string> {
    const user = { userName, active: true, emails: [{ value: email, primary: true }], ...more };
    const { status, body } = await send('POST', `${URL}/Users`, user, authorization);
    expect(status).toBe(201);
    return body.id;
  }
  return {
    ...{ app, page, data, push },
    pushGroup: (displayName: string, ids: string[]) =>
      send('POST', `${URL}/Groups`, { displayName, members: ids.map((value) => ({ value })) }, authorization),
    remove: (id: string) => send('DELETE', `${URL}/Users/${id}`, undefined, authorization),
    state: async (userName: string) =>
      (await rollcallJson(['members', 'list', '--data', data])).find(
        (one: { userName: string }) => one.userName === userName,
      )?.state,
    goTo: (name: string) =>
      page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).first().click(),
    /** The page in both themes, and as narrow as it gets. */
    async pictures(shot: ReturnType<typeof album>, name: string) {
      const size = (width: number, height: number) =>
        app.evaluate(
          ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to.width, to.height),
          { width, height },
        );
      for (const theme of THEMES) {
        await page.evaluate((scheme) => {
          document.documentElement.dataset.mantineColorScheme = scheme;
        }, theme);
        for (const [width, height] of [
          [1280, 800],
          [800, 600],
        ] as const) {
          await size(width, height);
          await page.waitForFunction((wanted) => Math.abs(window.innerWidth - wanted) < 2, width);
          await shot(page, `${name}-${theme}-${width}`);
        }
      }
      await size(1280, 800);
      await page.evaluate(() => {
        document.documentElement.dataset.mantineColorScheme = 'light';
      });
    },
  };
}

test('people who wait are approved, rejected and taken back, by keyboard and together', async () => {
  test.setTimeout(240_000);
  const { app, page, data, push, pushGroup, state, goTo, pictures } = await openConsole();
  const shot = album('review');
  const rows = page.getByRole('table', { name: 'Review queue' }).getByRole('row');
  const content = page.locator('#content');

  await test.step('nobody waits at first, and who is pushed appears by itself', async () => {
    await goTo('Review');
    await expect(page.getByText('Nobody waits for a review')).toBeVisible();
    await shot(page, 'empty');
    const ids = [
      await push('ann', 'ann@acme.com', { displayName: 'Ann Lee', title: 'Nurse' }),
      await push('bo', 'bo@acme.com', { displayName: 'Bo Chen' }),
      await push('cy', 'cy@elsewhere.com', { displayName: 'Cy Roe' }),
    ];
    await pushGroup('Nurses', ids);
    await expect(rows.filter({ hasText: 'Ann Lee' })).toContainText('Nurses');
    await expect(page.getByRole('link', { name: /^Review 3/ })).toBeVisible();
    await pictures(shot, 'queue');
  });

  await test.step('arrows move, a approves, u takes it back', async () => {
    // Keys go on to work after a checkbox was clicked.
    await page.getByLabel('Choose Cy Roe').click();
    await page.getByLabel('Choose Cy Roe').click();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByText('Bo Chen, 2 of 3.', { exact: false })).toBeAttached();
    await page.keyboard.press('a');
    await expect(page.getByText('Bo Chen: approved.')).toBeVisible();
    expect(await state('bo')).toBe('active');
    await page.keyboard.press('u');
    await expect(page.getByText('1 decision taken back.')).toBeVisible();
    await expect(rows.filter({ hasText: 'Bo Chen' })).toBeVisible();
    expect(await state('bo')).toBe('pending');
  });

  await test.step('n takes a note; r rejects', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog', { name: 'Decide about Ann Lee' });
    await dialog.getByLabel('Note').fill('Hired in May');
    await shot(page, 'note');
    await dialog.getByRole('button', { name: 'Approve Ann Lee' }).click();
    await expect(page.getByText('Ann Lee: approved.')).toBeVisible();
    await page.keyboard.press('r');
    await expect(page.getByText('Bo Chen: rejected.')).toBeVisible();
    expect([await state('ann'), await state('bo')]).toEqual(['active', 'deactivated']);
  });

  await test.step('all that match a filter are decided together, their number first', async () => {
    for (let at = 1; at <= 12; at++)
      await push(`new${at}`, `new${at}@acme.com`, { displayName: `New ${at}` });
    await expect(content.getByText('13 waiting')).toBeVisible();
    await page.getByLabel('Search the queue').fill('new');
    await expect(content.getByText('12 waiting')).toBeVisible();
    await page.getByRole('button', { name: 'Choose all 12' }).click();
    await page.getByRole('button', { name: 'Approve 12' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve 12 items?' });
    await shot(page, 'bulk');
    await dialog.getByRole('button', { name: 'Approve 12 items' }).click();
    await expect(page.getByText('12 items approved.')).toBeVisible();
    await expect(page.getByText('Nothing matches')).toBeVisible();
    expect(await state('new7')).toBe('active');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('12 decisions taken back.')).toBeVisible();
    await expect(content.getByText('12 waiting')).toBeVisible();
  });

  await test.step('what was decided is listed, and says by whom', async () => {
    await page.getByRole('button', { name: 'Latest decisions' }).click();
    const drawer = page.getByRole('dialog', { name: 'Latest decisions' });
    await expect(drawer.getByText('Rejected: Bo Chen')).toBeVisible();
    await expect(drawer.getByText('Hired in May')).toBeVisible();
    await shot(page, 'decisions');
    await drawer.getByRole('button', { name: 'Close' }).click();
  });

  await app.close();
  await removeDataDirectory(data);
});

test('two people with one e-mail are compared and decided about; the wizard leads to the queue', async () => {
  test.setTimeout(240_000);
  const { app, page, data, push, remove, state, goTo, pictures } = await openConsole();
  const shot = album('conflicts');
  const rows = page.getByRole('table', { name: 'Conflicts' }).getByRole('row');
  const detail = page.getByRole('dialog', { name: 'Conflict', exact: true });

  await test.step('none at first', async () => {
    await goTo('Conflicts');
    await expect(page.getByText('No open conflicts')).toBeVisible();
    await shot(page, 'empty');
  });

  await test.step('side by side, with what each choice does', async () => {
    await push('ann', 'ann@acme.com', { displayName: 'Ann Lee', title: 'Nurse' });
    await push('ann2', 'ann@acme.com', { displayName: 'Ann Lee-Dee', title: 'Surgeon' });
    await rows.filter({ hasText: 'Ann Lee-Dee' }).getByRole('link').click();
    await expect(detail.getByRole('row', { name: /E-mail same/ })).toBeVisible();
    await expect(detail.getByText(/have a user of their own in the IdP/)).toBeVisible();
    await expect(detail.getByRole('button', { name: 'Link' })).toBeDisabled();
    await pictures(shot, 'comparison');
    await detail.getByLabel('Note').fill('Sisters');
    await detail.getByRole('button', { name: 'Keep apart' }).click();
    await expect(page.getByText('Kept apart: Ann Lee-Dee is pending.')).toBeVisible();
    await expect(page.getByText('No open conflicts')).toBeVisible();
  });

  await test.step('the decision is listed and taken back', async () => {
    await page.getByText('Closed', { exact: true }).click();
    await rows.filter({ hasText: 'Kept apart' }).getByRole('link').click();
    await expect(detail.getByText('“Sisters”')).toBeVisible();
    await detail.getByRole('button', { name: 'Take the decision back' }).click();
    await expect(page.getByText('Taken back: Ann Lee-Dee waits for a decision again.')).toBeVisible();
    await page.getByText(/^Open/).click();
    await expect(rows.filter({ hasText: 'Ann Lee-Dee' })).toBeVisible();
  });

  await test.step('the review approves nobody with an open conflict, and leads here', async () => {
    await goTo('Review');
    await page.getByRole('table', { name: 'Review queue' }).getByText('Ann Lee-Dee').click();
    const waiting = page.getByRole('dialog', { name: 'Waiting for review' });
    await expect(waiting.getByRole('button', { name: 'Approve' })).toBeDisabled();
    await shot(page, 'contested');
    await waiting.getByRole('link', { name: 'Open the conflicts' }).click();
    await rows.filter({ hasText: 'Ann Lee-Dee' }).getByRole('link').click();
    await detail.getByRole('button', { name: 'Refuse' }).click();
    await expect(page.getByText('Refused: Ann Lee-Dee has no access, and no push brings it.')).toBeVisible();
    expect(await state('ann2')).toBe('deactivated');
  });

  await test.step('linking says that it is for good', async () => {
    const id = await push('cy', 'cy@acme.com', { displayName: 'Cy Roe' });
    await remove(id);
    await push('cy.roe', 'cy@acme.com', { displayName: 'Cy Roe' });
    await rows.filter({ hasText: 'Cy Roe' }).getByRole('link').click();
    await detail.getByRole('button', { name: 'Link' }).click();
    const confirm = page.getByRole('dialog', { name: 'Link Cy Roe with Cy Roe?' });
    await expect(confirm.getByText('there is no way back')).toBeVisible();
    await shot(page, 'link');
    await confirm.getByRole('button', { name: 'Link for good' }).click();
    await expect(page.getByText('Linked: Cy Roe is pending and follows the IdP from now on.')).toBeVisible();
  });

  await test.step('the wizard leads to the queue', async () => {
    await page.evaluate(() => {
      window.history.pushState(null, '', '/settings/enterprise/identity-setup?step=review');
      window.dispatchEvent(new PopStateEvent('popstate'));
    });
    await page.getByRole('link', { name: 'Review them' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Review' })).toBeVisible();
  });

  await app.close();
  await removeDataDirectory(data);
});
