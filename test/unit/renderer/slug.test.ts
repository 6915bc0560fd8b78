import { describe, expect, it } from 'vitest';
import { suggestOrganizationId } from '../../../src/renderer/src/features/identity-setup/organization/slug.ts';
import { organizationId } from '../../../src/shared/contract/organization.ts';

describe('suggestOrganizationId', () => {
  it.each([
    ['Acme', 'acme'],
    ['Acme Industries, Inc.', 'acme-industries-inc'],
    ['Müller & Söhne GmbH', 'muller-sohne-gmbh'],
    ['Straße', 'strasse'],
    ['Łódź Ørsted', 'lodz-orsted'],
    ["Children's Hospital", 'childrens-hospital'],
    ['  --Trim me--  ', 'trim-me'],
    ['3M', '3m'],
    ['東京', ''],
    ['', ''],
  ])('makes %j into %j', (name, id) => {
    expect(suggestOrganizationId(name)).toBe(id);
  });

  it('stays within the 63 characters that an id may have, and never ends on a hyphen', () => {
    const id = suggestOrganizationId(`${'a'.repeat(62)} b c`);
    expect(id).toBe('a'.repeat(62));
    expect(organizationId.safeParse(id).success).toBe(true);
  });

  it('suggests what the contract accepts whenever anything is left of the name', () => {
    for (const name of ['Öl AG', 'a b', 'X'.repeat(200), 'a--b', 'Ünïcödé 42']) {
      expect(organizationId.safeParse(suggestOrganizationId(name)).success, name).toBe(true);
    }
  });
});
