import { describe, expect, test } from 'vitest';
import { headerOf, PATCH_OP, shareEndpoint } from './endpoint.ts';

/** RFC 9967: a client may prefer to be answered later; a provider without asynchronous requests answers normally. */
const scim = shareEndpoint();

describe.each([
  'respond-async',
  'respond-async, wait=10',
  'wait=10',
  'return=minimal; foo',
  'handling=lenient, respond-async',
])('Prefer: %s', (prefer) => {
  const headers = { Prefer: prefer };

  test('every write is done and answered at once, never with 202', async () => {
    const userName = scim.unique('async');
    const posted = await scim.post('/Users', { userName }, headers);
    expect([posted.status, posted.body.userName]).toEqual([201, userName]);
    const path = `/Users/${posted.body.id}`;
    const put = await scim.put(path, { userName, title: 'a' }, headers);
    expect([put.status, put.body.title]).toEqual([200, 'a']);
    const body = { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'title', value: 'b' }] };
    const patched = await scim.running.request('PATCH', path, body, headers);
    expect([patched.status, patched.body.title]).toEqual([200, 'b']);
    const bulk = await scim.post('/Bulk', { Operations: [{ method: 'DELETE', path }] }, headers);
    expect([bulk.status, bulk.body.Operations[0].status]).toEqual([200, '204']);
    for (const answer of [posted, put, patched, bulk]) {
      expect(headerOf(answer, 'preference-applied')).toBeNull();
      expect(headerOf(answer, 'set-txn')).toBeNull();
    }
  });
});

test('the configuration does not offer what is not there', async () => {
  const { securityEvents } = (await scim.get('/ServiceProviderConfig')).body;
  expect(securityEvents?.asyncRequest ?? 'none').toBe('none');
});
