import { expect, type Page, test } from '@playwright/test';
import { launchConsole } from '../support/console.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { writeOktaMetadata } from '../support/identity-provider-metadata.ts';
import { runEntra, runOkta } from '../support/idp-traffic.ts';
import { send } from '../support/rollcall.ts';
import { album } from '../support/screenshots.ts';

const PORT = '17650';

async function openPage(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** The whole product in its thinnest form: from an empty data directory to provisioned members, and on after a restart. */
test('from the wizard to a provisioned member, and still there after a restart', async () => {
  test.setTimeout(240_000);
  const data = await newDataDirectory();
  const metadata = await writeOktaMetadata(data);
  const shot = album('story');
  let console_ = await launchConsole({ data, args: ['--port', PORT] });
  let { app, page } = console_;

  await test.step('the console opens on the wizard', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Enterprise Identity Setup' })).toBeVisible();
    expect(page.url()).toContain('/settings/enterprise/identity-setup');
    await shot(page, 'wizard-empty');
  });

  await test.step('organization', async () => {
    await page.getByLabel('Organization name').fill('Acme Trading GmbH');
    await expect(page.getByLabel('Organization id')).toHaveValue('acme-trading-gmbh');
    await page.getByLabel('Organization id').fill('acme');
    await page.getByText('On this machine').click();
    await shot(page, 'organization');
    await page.getByRole('button', { name: 'Continue' }).click();
  });

  await test.step('single sign-on, from a real metadata file', async () => {
    await page.getByText('Okta', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Metadata file' }).setInputFiles(metadata);
    await page.getByRole('button', { name: 'Check' }).click();
    await expect(page.getByText('http://www.okta.com/exk1rollcall2TESTx5d7')).toBeVisible();
    await shot(page, 'sso-checked');
    await page.getByRole('button', { name: 'Save connection' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
  });

  await test.step('policy', async () => {
    await expect(page.getByRole('heading', { name: 'Provisioning policy' })).toBeVisible();
    await shot(page, 'policy');
    await page.getByRole('button', { name: 'Continue' }).click();
  });

  let token = '';
  let endpoint = '';
  await test.step('a token, shown once', async () => {
    await page.getByRole('switch', { name: 'Enable SCIM' }).check();
    await shot(page, 'enable-scim');
    await page.getByRole('button', { name: 'Generate token' }).click();
    token = (await page.getByLabel('Token', { exact: true }).textContent()) ?? '';
    endpoint = (await page.getByLabel('Endpoint URL', { exact: true }).textContent()) ?? '';
    expect(endpoint).toBe(`http://127.0.0.1:${PORT}/scim/v2/acme`);
    expect(token).toMatch(/^rollcall_[0-9A-Za-z]{49}$/);
    await shot(page, 'token-once');
    await page.getByRole('button', { name: 'Copy token' }).click();
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(token);
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await page.getByLabel('I have stored it').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('heading', { name: 'Connect', exact: true })).toBeVisible();
    expect(await page.content()).not.toContain(token);
    await shot(page, 'waiting');
  });

  await test.step('Okta and Entra provision', async () => {
    const okta = await runOkta({ base: endpoint, token });
    await expect(
      page
        .getByText('The first request was let in')
        .or(page.getByRole('button', { name: 'Continue' }))
        .first(),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
    await shot(page, 'first-requests');
    await page.getByRole('button', { name: 'Continue' }).click();
    await shot(page, 'review');
    const entra = await runEntra({ base: endpoint, token });

    await openPage(page, 'Members');
    for (const person of [...okta.people, ...entra.people]) {
      const row = page.getByRole('row').filter({ hasText: person.userName });
      await expect(row).toContainText(person.active ? 'Active' : 'Suspended');
    }
    await expect(page.getByRole('table', { name: 'Members' })).toHaveAttribute('aria-rowcount', '5');
    await shot(page, 'members');
    await page.getByRole('row').filter({ hasText: 'oscar.okta@example.com' }).click();
    await expect(page.getByText('The IdP set this person to inactive.').first()).toBeVisible();
    await shot(page, 'member-suspended');
    await page.keyboard.press('Escape');

    await openPage(page, 'Teams');
    await expect(page.getByRole('row').filter({ hasText: okta.groupName })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: entra.groupName })).toBeVisible();
    await shot(page, 'teams');

    await openPage(page, 'Activity');
    const requests = [...okta.exchanges, ...entra.exchanges];
    const listed = await page.evaluate(async () => {
      const envelope = await window.rollcall.call('activity.list', { limit: 500 });
      return envelope.ok ? (envelope.value as { items: { method: string; status: number }[] }).items : [];
    });
    expect(listed.map(({ method, status }) => `${method} ${status}`).reverse()).toEqual(
      requests.map(({ method, status }) => `${method} ${status}`),
    );
    // The heading counts as a row of a table.
    const shown = page.getByRole('table', { name: 'Requests' });
    await expect(shown).toHaveAttribute('aria-rowcount', String(requests.length + 1));
    await expect(shown.getByRole('row').nth(1)).toContainText('Changed: active.');
    await shot(page, 'activity');

    await openPage(page, 'Overview');
    await expect(page.getByText('Live', { exact: true }).first()).toBeVisible();
    await shot(page, 'overview');
  });

  await test.step('a refused request is in the log with its reason', async () => {
    expect(
      (await send('GET', `${endpoint}/Users`, undefined, { Authorization: 'Bearer nonsense' })).status,
    ).toBe(401);
    await openPage(page, 'Activity');
    await expect(page.getByText('The bearer token is not valid.').first()).toBeVisible();
    await page.getByText('The bearer token is not valid.').first().click();
    await shot(page, 'refused');
    await page.keyboard.press('Escape');
  });

  let fresh = '';
  await test.step('regenerate: the old token dies at once, the new one lives', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Identity setup' }).click();
    await page.getByRole('button', { name: 'Regenerate' }).click();
    await shot(page, 'regenerate');
    await page.getByRole('dialog').getByRole('button', { name: 'Regenerate' }).click();
    fresh = (await page.getByLabel('Token', { exact: true }).textContent()) ?? '';
    expect(fresh).not.toBe(token);
    const status = async (bearer: string) =>
      (await send('GET', `${endpoint}/Users`, undefined, { Authorization: `Bearer ${bearer}` })).status;
    expect(await status(token)).toBe(401);
    expect(await status(fresh)).toBe(200);
    await page.getByLabel('I have stored it').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await shot(page, 'endpoint');
  });

  await test.step('after a restart all is still there, and the endpoint is up before anyone touches the window', async () => {
    await app.close();
    console_ = await launchConsole({ data, args: ['--port', PORT] });
    ({ app, page } = console_);
    const answer = await send('GET', `${endpoint}/Users`, undefined, { Authorization: `Bearer ${fresh}` });
    expect(answer.status).toBe(200);
    expect(answer.body.totalResults).toBe(4);
    await openPage(page, 'Members');
    await expect(page.getByRole('row').filter({ hasText: 'emma.entra@example.com' })).toContainText('Active');
    await shot(page, 'after-restart');
  });

  await test.step('dark, and in a small window', async () => {
    const resize = (width: number, height: number) =>
      app.evaluate(
        ({ BrowserWindow }, size) =>
          BrowserWindow.getAllWindows()[0]?.setContentSize(size[0] ?? 0, size[1] ?? 0),
        [width, height],
      );
    await page.evaluate(() => window.rollcall.call('console.prefer', { colorScheme: 'dark' }));
    await page.reload();
    for (const name of ['Overview', 'Members', 'Activity', 'Settings']) {
      await openPage(page, name);
      await shot(page, `dark-${name.toLowerCase()}`);
    }
    await resize(900, 600);
    for (const name of ['Overview', 'Members', 'Activity']) {
      await openPage(page, name);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${name} scrolls sideways at 900×600`).toBeLessThanOrEqual(0);
      await shot(page, `small-${name.toLowerCase()}`);
    }
  });

  await app.close();
  await removeDataDirectory(data);
});
