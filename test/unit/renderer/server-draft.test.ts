import { describe, expect, test } from 'vitest';
import {
  isChanged,
  readServerDraft,
  type ServerDraft,
  serverDraft,
  withSecurity,
} from '../../../src/renderer/src/features/mail/server-draft.ts';
import type { MailSettings } from '../../../src/shared/contract/mail.ts';

const nothing: MailSettings = {
  server: null,
  hasPassword: false,
  signInUrl: null,
  template: { subject: 's', text: 't' },
  welcome: false,
  counts: { queued: 0, sent: 0, failed: 0 },
  nextAt: null,
};
const usual = { senderName: 'Acme', signInUrl: '' };
const complete: ServerDraft = {
  ...serverDraft(nothing, usual),
  host: 'smtp.example.com',
  senderAddress: 'it@example.com',
  signInUrl: 'https://example.com',
};

describe('a draft of the mail server', () => {
  test('of nothing has what is usual, and names what is missing by field', () => {
    const draft = serverDraft(nothing, usual);
    expect(draft).toMatchObject({ port: '587', security: 'starttls', senderName: 'Acme' });
    const read = readServerDraft({ ...draft, port: '99999' });
    expect('problems' in read && Object.keys(read.problems).sort()).toEqual([
      'host',
      'port',
      'senderAddress',
      'signInUrl',
    ]);
  });

  test('becomes what the server takes; an empty password is left as it is', () => {
    expect(readServerDraft(complete)).toEqual({
      change: {
        server: {
          host: 'smtp.example.com',
          port: 587,
          security: 'starttls',
          user: null,
          senderName: 'Acme',
          senderAddress: 'it@example.com',
          certificates: null,
        },
        signInUrl: 'https://example.com',
      },
    });
    expect(readServerDraft({ ...complete, password: 'secret' })).toEqual(readServerDraft(complete));
    expect(readServerDraft({ ...complete, user: 'rollcall', password: 'secret' })).toMatchObject({
      change: { password: 'secret', server: { user: 'rollcall' } },
    });
  });

  test.each([
    ['host', { host: 'https://smtp.example.com' }],
    ['host', { host: 'smtp.example.com:25' }],
    ['senderName', { senderName: 'Acme\r\nBcc: eve@evil.example' }],
    ['signInUrl', { signInUrl: 'javascript:alert(1)' }],
    ['port', { port: '25x' }],
  ] as const)('is refused at %s: %o', (field, change) => {
    const read = readServerDraft({ ...complete, ...change });
    expect('problems' in read && Object.keys(read.problems)).toEqual([field]);
  });

  test('follows the protection with its usual port, unless another was chosen', () => {
    expect(withSecurity(complete, 'tls').port).toBe('465');
    expect(withSecurity(withSecurity(complete, 'tls'), 'none').port).toBe('25');
    expect(withSecurity({ ...complete, port: '2525' }, 'tls').port).toBe('2525');
  });

  test('knows whether there is something to save', () => {
    expect(isChanged(complete, complete)).toBe(false);
    expect(isChanged({ ...complete, password: 'x' }, complete)).toBe(true);
  });
});
