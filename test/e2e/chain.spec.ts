import { expect, test } from '@playwright/test';
import { launchConsole } from '../support/console.ts';
import { removeDataDirectory } from '../support/data-directory.ts';

/** The riskiest chain: runtime, window, contract, server thread, keychain, one 201 into SQLite. */
test('a window, a token with its copy in the keychain, and a 201 from the server thread', async () => {
  const { app, page, dataDirectory, output } = await launchConsole({ args: ['--port', '17643'] });
  try {
    await expect(page).toHaveTitle(/Rollcall/);
    const call = <T>(name: string, input: unknown) =>
      page.evaluate(
        async ([callName, callInput]) => {
          const envelope = await window.rollcall.call(callName as string, callInput);
          if (!envelope.ok) throw new Error(envelope.error.message);
          return envelope.value;
        },
        [name, input] as const,
      ) as Promise<T>;

    await call('organization.create', { id: 'acme', name: 'Acme' });
    await expect(call('tokens.create', { name: 'Okta', expiresInDays: null })).rejects.toThrow(
      /single sign-on first/,
    );
    const { tryOutMetadata } = await import('../../src/main/sso/try-out.ts');
    await call('sso.save', { kind: 'saml-xml', provider: 'okta', xml: await tryOutMetadata(new Date()) });
    const issued = await call<{
      id: string;
      token: string;
      endpoint: string;
      copy: string;
      copyReason: string | null;
    }>('tokens.create', { name: 'Okta', expiresInDays: null });
    expect(issued.copyReason).toBeNull();
    expect(issued.copy).toBe('keychain');

    const answer = await fetch(`${issued.endpoint}/Users`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${issued.token}`, 'Content-Type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: 'ann@acme.com',
      }),
    });
    expect(answer.status).toBe(201);
    const { items } = await call<{ items: { userName: string; state: string }[] }>('members.list', {});
    expect(items).toMatchObject([{ userName: 'ann@acme.com', state: 'active' }]);

    // The request log's thread, on this runtime too: were it not to start, the server would write the row and say so.
    await expect
      .poll(() => call<{ items: { status: number }[] }>('activity.list', {}).then(({ items: rows }) => rows))
      .toMatchObject([{ status: 201 }]);
    expect(output()).not.toContain('The thread of the request log');
  } finally {
    await app.close();
    await removeDataDirectory(dataDirectory);
  }
});
