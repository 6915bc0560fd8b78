import { describe, expect, it } from 'vitest';
import {
  emptyDraft,
  readDraft,
} from '../../../src/renderer/src/features/identity-setup/sso/connection-draft.ts';
import { connectionInput } from '../../../src/shared/contract/sso.ts';

const draft = emptyDraft('okta');

describe('readDraft', () => {
  it.each([
    [emptyDraft(null), /IdP/],
    [{ ...draft, method: 'file' as const }, /file/],
    [{ ...draft, method: 'paste' as const, pasted: '  ' }, /Paste/],
    [{ ...draft, method: 'url' as const, metadataUrl: 'idp.example.com' }, /URL/],
    [{ ...draft, method: 'oidc' as const, clientId: 'x' }, /issuer/],
    [{ ...draft, method: 'oidc' as const, issuer: 'https://idp.example.com' }, /client ID/],
  ])('says what is missing', (incomplete, what) => {
    expect(readDraft(incomplete)).toEqual({ missing: expect.stringMatching(what) });
  });

  it('gives what the contract takes', () => {
    const complete = [
      { ...draft, method: 'file' as const, file: { name: 'm.xml', xml: '<x/>' } },
      { ...draft, method: 'paste' as const, pasted: '<x/>' },
      { ...draft, method: 'url' as const, metadataUrl: ' https://idp.example.com/metadata ' },
      { ...draft, method: 'oidc' as const, issuer: 'https://idp.example.com', clientId: ' id ' },
    ];
    for (const one of complete) {
      const read = readDraft(one);
      if ('missing' in read) throw new Error(read.missing);
      expect(connectionInput.safeParse(read.input).success, one.method).toBe(true);
    }
  });

  it('sends no client secret as null, and one as it was typed', () => {
    const oidc = { ...draft, method: 'oidc' as const, issuer: 'https://idp.example.com', clientId: 'id' };
    expect(readDraft(oidc)).toMatchObject({ input: { clientSecret: null } });
    expect(readDraft({ ...oidc, clientSecret: ' s ' })).toMatchObject({ input: { clientSecret: ' s ' } });
  });
});
