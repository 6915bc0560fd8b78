import { expect, test } from '@playwright/test';
import { rollcallJson } from '../support/command-line.ts';
import { launchConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { runEntra, runOkta } from '../support/idp-traffic.ts';
import { send } from '../support/rollcall.ts';
import { album } from '../support/screenshots.ts';

const PORT = '17670';
const PEOPLE = 250;

const WIZARD = ['organization', 'sso', 'policy', 'token', 'connect', 'review', 'endpoint'];
const PAGES: [name: string, path: string][] = [
  ['overview', '/'],
  ['members', '/members'],
  ['members-suspended', '/members?state=suspended'],
  ['members-none-found', '/members?q=nobody-at-all'],
  ['teams', '/teams'],
  ['activity', '/activity'],
  ['activity-failed', '/activity?failed=1'],
  ['request', '/activity?request=3'],
  ['settings', '/settings'],
  ['schemas', '/settings/enterprise/schemas'],
  ['schema', '/settings/enterprise/schemas?schema=urn:ietf:params:scim:schemas:core:2.0:User'],
  ['settings-compatibility', '/settings/enterprise/compatibility'],
  ...WIZARD.map((step): [string, string] => [
    `setup-${step}`,
    `/settings/enterprise/identity-setup?step=${step}`,
  ]),
  ['not-found', '/no-such-page'],
];

/** Every page in real Electron, light and dark, wide and small, as numbered pictures in `test-results/tour/`. */
test('every page', async () => {
  const shot = album('tour');
  const empty = await launchConsole({ args: ['--port', PORT] });
  await expect(empty.page.getByRole('heading', { level: 1 })).toBeVisible();
  await shot(empty.page, 'first-start');
  await empty.app.close();
  await removeDataDirectory(empty.dataDirectory);

  const data = await newDataDirectory();
  await rollcallJson(['init', '--org', 'acme', '--name', 'Acme Trading', '--try', '--data', data]);
  const { token } = await rollcallJson(['token', 'create', '--name', 'Okta', '--data', data]);
  const { app, page } = await launchConsole({ data, args: ['--port', PORT] });
  const base = `http://127.0.0.1:${PORT}/scim/v2/acme`;
  await runOkta({ base, token });
  await runEntra({ base, token });
  for (let number = 1; number <= PEOPLE; number++) {
    const person = { userName: `person${number}@example.com`, displayName: `Person ${number}` };
    await send('POST', `${base}/Users`, person, { Authorization: `Bearer ${token}` });
  }
  await send('POST', `${base}/Users`, { userName: 'no e-mail' }, { Authorization: `Bearer ${token}` });
  await send('GET', `${base}/Users`, undefined, { Authorization: 'Bearer nonsense' });

  const resize = (width: number, height: number) =>
    app.evaluate(
      ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w ?? 0, h ?? 0),
      [width, height],
    );
  for (const [colorScheme, size, width, height] of [
    ['light', 'wide', 1280, 820],
    ['dark', 'small', 900, 600],
  ] as const) {
    await page.evaluate(
      (scheme) => window.rollcall.call('console.prefer', { colorScheme: scheme }),
      colorScheme,
    );
    await resize(width, height);
    for (const [name, path] of PAGES) {
      await page.goto(`app://console${path}`);
      await expect(page.getByRole('heading').first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await shot(page, `${colorScheme}-${size}-${name}`);
    }
  }
  await app.close();
  await removeDataDirectory(data);
});
