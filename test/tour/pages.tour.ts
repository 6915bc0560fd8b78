import { expect, type Page, test } from '@playwright/test';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { smtpAnswer, startMailServer } from '../support/mail-server.ts';
import { album } from '../support/screenshots.ts';
import { rpc, type Scene, setTheScene } from './scene.ts';

const PORT = '17670';

/** A page, and what is done on it before its picture is taken. */
type Stop = [name: string, path: string, then?: (page: Page) => Promise<unknown>];

const click = (role: 'button' | 'row' | 'switch', name: string | RegExp) => (page: Page) =>
  page.getByRole(role, { name }).first().click();
const scrollTo = (heading: string) => (page: Page) =>
  page
    .getByRole('heading', { name: heading })
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'start' }));

const WIZARD = ['organization', 'sso', 'policy', 'token', 'connect', 'review', 'endpoint'];

const stops = ({ lead, suspended, cut, employee, team, role, conflict }: Scene): Stop[] => [
  ['overview', '/'],
  ['members', '/members'],
  ['members-suspended', '/members?state=suspended'],
  ['members-none-found', '/members?q=nobody-at-all'],
  ['member', `/members?member=${lead}`],
  [
    'member-why',
    `/members?member=${lead}`,
    async (page) => {
      await scrollTo('Teams and roles')(page);
      for (const why of await page.getByText('Why?').all()) await why.click();
    },
  ],
  ['member-give', `/members?member=${lead}`, click('button', 'Give a team or role…')],
  ['member-suspended', `/members?member=${suspended}`, scrollTo('Here and in the IdP')],
  ['member-cut', `/members?member=${cut}`],
  ['member-receipt', `/members?member=${cut}`, scrollTo('Last receipt')],
  ['member-mail', `/members?member=${cut}`, scrollTo('Welcome mail')],
  ['employees', '/employees'],
  ['employees-none-found', '/employees?q=nobody-at-all'],
  ['employees-tree', '/employees?view=tree', treeOpened],
  ['employee', `/employees?employee=${employee}`],
  ['employee-by-name', '/employees?q=Amina', click('row', /Amina/)],
  ['review', '/review'],
  ['review-person', '/review', click('row', /Noor/)],
  ['review-decisions', '/review', click('button', 'Latest decisions')],
  ['conflicts', '/conflicts'],
  ['conflict', `/conflicts?conflict=${conflict}`],
  ['conflicts-closed', '/conflicts?state=decided'],
  ['guard', '/guard'],
  ['guard-recall', '/guard', click('button', /^Recall all/)],
  ['observe', '/observe'],
  ['observe-apply', '/observe', click('button', /^Apply .*…$/)],
  ['teams', '/teams'],
  ['team', `/teams?team=${team}`],
  ['roles', '/roles'],
  ['role', `/roles?role=${role}`],
  ['add-mapping', `/roles?role=${role}`, click('button', 'Add a mapping…')],
  ['jobs', '/', click('button', /^Jobs:/)],
  ['activity', '/activity'],
  ['activity-failed', '/activity?failed=1'],
  ['request', '/activity?request=3'],
  ['settings', '/settings'],
  ['settings-operators', '/settings/operators'],
  ['operator-add', '/settings/operators', click('button', 'Add an operator')],
  ['settings-policy', '/settings/enterprise/policy'],
  ...[1, 2, 3].map(
    (screen): Stop => ['settings-policy-further', '/settings/enterprise/policy', scrolled(screen)],
  ),
  ['settings-mapping', '/settings/enterprise/mapping'],
  ['settings-mapping-further', '/settings/enterprise/mapping', scrolled(1)],
  ['schemas', '/settings/enterprise/schemas'],
  ['schema', '/settings/enterprise/schemas?schema=urn:ietf:params:scim:schemas:core:2.0:User'],
  ['settings-compatibility', '/settings/enterprise/compatibility'],
  ['settings-mail', '/settings/enterprise/mail'],
  ...[1, 2].map((screen): Stop => ['settings-mail-further', '/settings/enterprise/mail', scrolled(screen)]),
  ...WIZARD.map((step): Stop => [`setup-${step}`, `/settings/enterprise/identity-setup?step=${step}`]),
  ['not-found', '/no-such-page'],
];

/** What an organization without anybody shows where others have lists. */
const EMPTY = [
  '/',
  '/members',
  '/employees',
  '/review',
  '/conflicts',
  '/guard',
  '/observe',
  '/teams',
  '/roles',
];

/** What somebody who can only look at things is shown. */
const VIEWER = ['/members', '/review', '/guard', '/settings/operators', '/settings/enterprise/policy'];

/** Scrolls what scrolls on the page by so many of its screens. */
function scrolled(screens: number) {
  return (page: Page) =>
    page.evaluate((by) => {
      const long = [...document.querySelectorAll('*')].find(
        (element) =>
          element.scrollHeight > element.clientHeight + 40 &&
          /auto|scroll/.test(getComputedStyle(element).overflowY),
      );
      long?.scrollBy(0, by * long.clientHeight * 0.95);
    }, screens);
}

async function treeOpened(page: Page): Promise<void> {
  await page.getByRole('tree').focus();
  for (const key of ['Home', 'ArrowRight', 'ArrowDown', 'ArrowRight']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(150);
  }
}

/** Every page in real Electron, light and dark, wide and small, as numbered pictures in `test-results/tour/`. */
test('every page', async () => {
  const shot = album('tour');
  const empty = await launchConsole({ args: ['--port', PORT] });
  await expect(empty.page.getByRole('heading', { level: 1 })).toBeVisible();
  await shot(empty.page, 'first-start');
  await empty.app.close();
  await removeDataDirectory(empty.dataDirectory);

  const smtp = await startMailServer({
    onRcptTo: ({ address }, _session, done) =>
      address.endsWith('.okafor@acme.com') ? done(smtpAnswer(550, 'No such person here')) : done(),
  });
  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme Trading', '--try', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--name', 'Okta', '--data', data]);
  const { app, page } = await launchConsole({ data, args: ['--port', PORT] });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  const faults: string[] = [];
  async function visit([name, path, then]: Stop, prefix: string): Promise<void> {
    await page.goto(`app://console${path}`);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    try {
      await then?.(page);
    } catch (error) {
      // The picture tells more than the error does; the walk goes on.
      faults.push(`${prefix}-${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
    await page.waitForTimeout(250);
    await shot(page, `${prefix}-${name}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) faults.push(`${prefix}-${name} scrolls sideways by ${over} px`);
  }
  async function look(colorScheme: 'light' | 'dark', width: number, height: number): Promise<void> {
    await rpc(page, 'console.prefer', { colorScheme });
    await app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to.width, to.height),
      { width, height },
    );
  }

  await look('light', 1280, 820);
  for (const path of EMPTY) await visit([path.slice(1) || 'overview', path], 'empty');
  const scene = await setTheScene(page, `http://127.0.0.1:${PORT}/scim/v2/acme`, token, smtp.port);
  for (const stop of stops(scene)) await visit(stop, 'light-wide');
  await look('dark', 800, 600);
  for (const stop of stops(scene)) await visit(stop, 'dark-small');

  await look('light', 1280, 820);
  const { items } = await rpc(page, 'operators.list', {});
  const priya = items.find(({ name }) => name === 'Priya Nguyen');
  const me = items.find(({ subject }) => subject.startsWith('local:'));
  await rpc(page, 'operators.set', { id: priya?.id ?? '', permission: 'owner', recovery: true });
  await rpc(page, 'operators.set', { id: me?.id ?? '', permission: 'viewer' });
  for (const path of VIEWER) await visit([path.split('/').at(-1) ?? '', path], 'viewer');
  await visit(['member', `/members?member=${scene.lead}`], 'viewer');
  await visit(['guard-recall', '/guard', click('button', /^Recall all/)], 'viewer');

  await app.close();
  await smtp.close();
  await removeDataDirectory(data);
  expect(faults).toEqual([]);
});
