import { expect, type Page, test } from '@playwright/test';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole, type RunningConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { send } from '../support/rollcall.ts';
import { album } from '../support/screenshots.ts';

const PORT = 17668;
const PEOPLE = 20;
const GONE = 12;
const shot = album('guard');

/** What the console told the desktop, instead of showing it there. */
async function recordNotifications({ app }: RunningConsole): Promise<() => Promise<string[]>> {
  await app.evaluate(({ Notification }) => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show() {
      told.push(this.title);
      Object.assign(globalThis, { lastNotification: this });
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { told: string[] }).told);
}

async function lookNarrowAndDark(page: Page, app: RunningConsole['app'], name: string): Promise<void> {
  await shot(page, name);
  await page.evaluate(() => window.rollcall.call('console.prefer', { colorScheme: 'dark' }));
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'dark'));
  await shot(page, `${name}-dark`);
  const resize = (width: number) =>
    app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setSize(size, 820), width);
  await resize(800);
  await shot(page, `${name}-800`);
  await resize(1280);
  await page.evaluate(() => window.rollcall.call('console.prefer', { colorScheme: 'light' }));
  await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'light'));
}

test('the guard trips, says so everywhere, and a person decides; policy and observe mode beside it', async () => {
  test.setTimeout(180_000);
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme', '--try', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--data', data]);
  const running = await launchConsole({ data, args: ['--port', String(PORT)] });
  const { app, page } = running;
  const idp = (method: string, path: string, body?: object) =>
    send(method, `http://127.0.0.1:${PORT}/scim/v2/acme${path}`, body, { Authorization: `Bearer ${token}` });
  const told = await recordNotifications(running);
  const navigation = page.getByRole('navigation', { name: 'Main' });
  const ids: string[] = [];

  await test.step('the policy page says what each choice does, and saves what is valid', async () => {
    await navigation.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Provisioning policy' }).click();
    await expect(page.getByText('As it is saved, it trips at 5 people')).toBeVisible();
    await shot(page, 'policy-top');
    await page.getByLabel('Percent of active people').fill('400');
    await expect(page.getByText('Enter a whole number from 1 to 100.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await page.getByLabel('Percent of active people').fill('30');
    await expect(page.getByText('1 change not saved')).toBeVisible();
    await lookNarrowAndDark(page, app, 'policy');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Policy saved')).toBeVisible();
    await expect(page.getByText('not saved')).toHaveCount(0);
    expect(await rollcallJson(['policy', 'get', 'guard.percent', '--data', data])).toEqual({
      'guard.percent': 30,
    });
  });

  await test.step('it trips with the window closed to the tray: the desktop is told, once', async () => {
    for (let number = 0; number < PEOPLE; number += 1) {
      const user = {
        userName: `p${number}@acme.com`,
        externalId: `e${number}`,
        displayName: `Person ${number}`,
      };
      ids.push((await idp('POST', '/Users', { ...user, active: true })).body.id);
    }
    await page.evaluate(() => window.rollcall.call('console.prefer', { onClose: 'keep-serving' }));
    await page.close();
    for (const id of ids.slice(0, GONE)) expect((await idp('DELETE', `/Users/${id}`)).status).toBe(204);
    await expect.poll(told).toEqual([expect.stringMatching(/of 20 people lost access/)]);
  });

  const opened = app.waitForEvent('window');
  await app.evaluate(() =>
    (globalThis as unknown as { lastNotification: { emit(name: string): void } }).lastNotification.emit(
      'click',
    ),
  );
  const again = await opened;
  const banner = again.getByRole('region', { name: 'Guard' });

  await test.step('a click on it opens the page; every page has the banner with the numbers', async () => {
    await expect(again.getByRole('heading', { level: 1, name: 'Deprovision guard' })).toBeVisible();
    await expect(banner).toContainText('12 of 20 people lost access');
    await expect(banner).toContainText('12 people wait for your decision');
    await lookNarrowAndDark(again, app, 'held');
    await again.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Overview' }).click();
    await expect(again.getByRole('heading', { name: 'Guard tripped' })).toBeVisible();
    await expect(banner).toBeVisible();
    await lookNarrowAndDark(again, app, 'overview');
    await banner.getByRole('link', { name: 'Choose' }).click();
  });

  await test.step('one is looked at and confirmed, two are chosen and recalled', async () => {
    await again.getByRole('searchbox', { name: 'Search held people' }).fill('person 3');
    await expect(again.getByText('1 person, 0 chosen')).toBeVisible();
    await again.getByRole('button', { name: 'Person 3', exact: true }).click();
    const drawer = again.getByRole('dialog', { name: 'Receipt' });
    await expect(drawer).toContainText('The IdP deleted this person');
    await shot(again, 'receipt');
    await drawer.getByRole('button', { name: 'Confirm' }).click();
    await again.getByRole('button', { name: 'Confirm Person 3' }).click();
    await expect(again.getByText('Confirmed: 1 person.')).toBeVisible();
    await again.getByRole('button', { name: 'Clear search' }).click();
    await again.getByRole('checkbox', { name: 'Choose Person 4' }).check();
    await again.getByRole('checkbox', { name: 'Choose Person 5' }).check();
    await again.getByRole('button', { name: 'Recall 2', exact: true }).click();
    await shot(again, 'recall-dialog');
    await again.getByRole('button', { name: 'Recall 2 people' }).click();
    await expect(again.getByText('Recalled: 2 people.')).toBeVisible();
    await expect(banner).toContainText('9 people wait for your decision');
  });

  await test.step('the rest is recalled from the banner, and it is gone', async () => {
    await banner.getByRole('button', { name: 'Recall all 9' }).click();
    await again.getByRole('button', { name: 'Recall 9 people' }).click();
    await expect(banner).toHaveCount(0);
    await expect(again.getByText('The guard has not tripped')).toBeVisible();
    await shot(again, 'not-tripped');
  });

  await test.step('the member drawer shows both sides, the history, and suspends', async () => {
    await again.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Members' }).click();
    await again.getByRole('link', { name: 'Person 4', exact: true }).click();
    const drawer = again.getByRole('dialog', { name: 'Member' });
    await expect(drawer.getByText('is passed over until the IdP says something else')).toBeVisible();
    await expect(drawer.getByRole('list', { name: 'History' })).toContainText('Recalled: active again');
    await lookNarrowAndDark(again, app, 'member');
    await drawer.getByRole('button', { name: 'Suspend…' }).click();
    await again.getByLabel('Reason').fill('lost laptop');
    await again.getByRole('button', { name: 'Suspend Person 4' }).click();
    await expect(drawer.getByText('Suspended by an operator: lost laptop').first()).toBeVisible();
    await drawer.getByRole('button', { name: 'Resume…' }).click();
    await again.getByRole('button', { name: 'Resume Person 4' }).click();
    await expect(drawer.getByText('Person 4 is active again.')).toBeVisible();
    await again.keyboard.press('Escape');
  });

  await test.step('in observe mode a push waits, is shown, and is applied', async () => {
    await rollcallJson(['policy', 'set', 'apply=observe', '--data', data]);
    const members = [{ value: ids[15] }, { value: ids[16] }];
    expect((await idp('POST', '/Groups', { displayName: 'Engineering', members })).status).toBe(201);
    const newcomer = { userName: 'new@acme.com', displayName: 'Newcomer', active: true };
    expect((await idp('POST', '/Users', newcomer)).status).toBe(201);
    await again.getByRole('link', { name: 'Look and apply' }).click();
    await expect(again.getByText('Becomes a member: active')).toBeVisible();
    await lookNarrowAndDark(again, app, 'observe');
    await again.getByRole('button', { name: 'Engineering' }).click();
    await expect(again.getByText('Joining: Person 15, Person 16')).toBeVisible();
    await shot(again, 'observe-drawer');
    await again.keyboard.press('Escape');
    await again.getByRole('button', { name: 'Apply 2 and go live…' }).click();
    await expect(again.getByText('1 person becomes a member')).toBeVisible();
    await shot(again, 'apply-dialog');
    await again.getByRole('button', { name: 'Apply 1 person and 1 group and go live' }).click();
    await expect(again.getByText('From now on pushes take effect at once.')).toBeVisible();
    await expect(again.getByText('Nothing waits')).toBeVisible();
    expect(await rollcallJson(['policy', 'get', 'apply', '--data', data])).toEqual({ apply: 'live' });
  });

  await app.close();
  await removeDataDirectory(data);
});
