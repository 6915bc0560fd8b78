import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import {
  createOrganizationService,
  type OrganizationService,
  originOf,
} from '../../../../src/main/organization/organization.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { createWriter } from '../../../../src/main/store/group-commit.ts';
import { createOrganizationStore } from '../../../../src/main/store/organization.ts';
import { createSettingStore } from '../../../../src/main/store/settings.ts';
import { type OpenDatabases, openDatabases } from '../../../support/databases.ts';

const NOW = '2026-01-01T00:00:00.000Z';

let databases: OpenDatabases;
let organization: OrganizationService;
let owners: (string | undefined)[];
beforeEach(async () => {
  databases = await openDatabases();
  const { identity } = databases;
  owners = [];
  organization = createOrganizationService({
    store: createOrganizationStore(identity),
    settings: createSettingStore(identity),
    audit: createAudit(createAuditInsert(identity), 'local:ann', () => new Date(NOW)),
    write: createWriter(identity).write,
    now: () => new Date(NOW),
    recordOwner: (email) => owners.push(email),
  });
});
afterEach(() => databases.close());

describe('the organization', () => {
  test('is required by what comes after it', async () => {
    expect(organization.get()).toBeUndefined();
    expect(() => organization.require()).toThrow(expect.objectContaining({ code: 'no-organization' }));
    const created = await organization.create({ id: 'acme', name: 'Acme' }, 'ann@acme.com');
    expect(created).toEqual({ id: 'acme', name: 'Acme', createdAt: NOW });
    expect(organization.require()).toEqual(created);
    expect(owners).toEqual(['ann@acme.com']);
  });

  test('is one for good, and the second is told which', async () => {
    await organization.create({ id: 'acme', name: 'Acme' });
    await expect(organization.create({ id: 'other', name: 'Other' })).rejects.toMatchObject({
      code: 'organization-exists',
      message: 'This data directory belongs to the organization "Acme" (acme).',
    });
    expect(organization.get()?.id).toBe('acme');
  });

  test('of two that are created at once, one wins', async () => {
    const outcomes = await Promise.allSettled([
      organization.create({ id: 'a', name: 'A' }),
      organization.create({ id: 'b', name: 'B' }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test('says where its IdP is, and under which address that reaches it', async () => {
    expect([organization.location(), organization.publicUrl()]).toEqual([null, null]);
    await organization.locate('reachable-url', 'https://SCIM.example.com:443/');
    expect([organization.location(), organization.publicUrl()]).toEqual([
      'reachable-url',
      'https://scim.example.com',
    ]);
    await organization.locate('this-machine', null);
    expect([organization.location(), organization.publicUrl()]).toEqual(['this-machine', null]);
  });

  test('keeps its address when a new one is refused', async () => {
    await organization.locate('reachable-url', 'https://scim.example.com');
    await expect(
      organization.locate('behind-firewall', 'https://scim.example.com/scim/v2'),
    ).rejects.toMatchObject({ code: 'invalid-input', field: 'publicUrl' });
    expect([organization.location(), organization.publicUrl()]).toEqual([
      'reachable-url',
      'https://scim.example.com',
    ]);
  });
});

describe('the origin of a public URL', () => {
  test.each([
    ['https://scim.example.com', 'https://scim.example.com'],
    ['https://scim.example.com/', 'https://scim.example.com'],
    ['https://scim.example.com:8443', 'https://scim.example.com:8443'],
    ['HTTPS://SCIM.Example.COM', 'https://scim.example.com'],
    ['http://10.0.0.1:80', 'http://10.0.0.1'],
    ['https://[2001:db8::1]:99', 'https://[2001:db8::1]:99'],
  ])('%s is %s', (url, origin) => {
    expect(originOf(url)).toBe(origin);
  });

  test.each([
    ['https://scim.example.com/scim/v2', /Leave the path out/],
    ['https://scim.example.com/?a=1', /Leave the path out/],
    ['https://scim.example.com/#x', /Leave the path out/],
    ['https://ann:hunter2@scim.example.com', /must look like/],
    ['ftp://scim.example.com', /must look like/],
    ['scim.example.com', /must look like/],
    ['', /must look like/],
  ])('%s is refused', (url, message) => {
    expect(() => originOf(url)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        field: 'publicUrl',
        message: expect.stringMatching(message),
      }),
    );
  });
});
