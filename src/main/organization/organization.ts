import { AppError } from '../../shared/app-error.ts';
import type { IdpLocation, Organization } from '../../shared/contract/organization.ts';
import type { Audit } from '../audit/audit.ts';

/** The one organization of this install (M1); implemented by the store. */
export interface OrganizationStore {
  get(): Organization | undefined;
  insert(organization: Organization): void;
}

/** Where settings of this capability are kept. */
interface Settings {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export interface OrganizationService {
  get(): Organization | undefined;
  /** @throws {AppError} `no-organization` */
  require(): Organization;
  /** @throws {AppError} `organization-exists`: an install serves one organization, for good. */
  create(input: { id: string; name: string }, ownerEmail?: string): Promise<Organization>;
  location(): IdpLocation | null;
  /** The URL under which the IdP reaches this install, without a path; null when that is the bound address. */
  publicUrl(): string | null;
  locate(location: IdpLocation, publicUrl: string | null): Promise<void>;
}

/** Who this install is for, and where its IdP is. */
export function createOrganizationService(deps: {
  store: OrganizationStore;
  settings: Settings;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  /** Records who creates the organization as its first owner; called inside the transaction. */
  recordOwner(email: string | undefined): void;
}): OrganizationService {
  const { store, settings, audit } = deps;
  return {
    get: () => store.get(),
    require() {
      const organization = store.get();
      if (!organization) {
        throw new AppError(
          'no-organization',
          'There is no organization yet. Create one in the identity setup, or with `rollcall init`.',
        );
      }
      return organization;
    },
    create: (input, ownerEmail) =>
      deps.write(() => {
        const existing = store.get();
        if (existing) {
          throw new AppError(
            'organization-exists',
            `This data directory belongs to the organization "${existing.name}" (${existing.id}).`,
          );
        }
        const organization: Organization = { ...input, createdAt: deps.now().toISOString() };
        store.insert(organization);
        if (ownerEmail !== undefined) settings.set('organization.ownerEmail', ownerEmail);
        deps.recordOwner(ownerEmail);
        audit.record('organization.created', organization.id, {
          name: organization.name,
          owner: ownerEmail ?? null,
        });
        return organization;
      }),
    location: () => (settings.get('setup.location') as IdpLocation | undefined) ?? null,
    publicUrl: () => (settings.get('listener.publicUrl') as string | null | undefined) ?? null,
    locate: (location, publicUrl) =>
      deps.write(() => {
        const origin = publicUrl === null ? null : originOf(publicUrl);
        settings.set('setup.location', location);
        settings.set('listener.publicUrl', origin);
        audit.record('organization.located', null, { location, publicUrl: origin });
      }),
  };
}

/**
 * The scheme, host and port of a public URL.
 * @throws {AppError} `invalid-input` when it has more: the path is ours, and credentials don't belong there.
 */
export function originOf(publicUrl: string): string {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new AppError('invalid-input', 'The public URL must look like https://scim.example.com.', {
      field: 'publicUrl',
    });
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new AppError(
      'invalid-input',
      'Leave the path out of the public URL; Rollcall adds /scim/v2 itself.',
      { field: 'publicUrl' },
    );
  }
  return url.origin;
}
