import type { Provider } from '../../../../../shared/contract/sso.ts';

/** How an IdP is called, and what it calls the values that we give it. */
export interface ProviderNames {
  name: string;
  entityId: string | null;
  acsUrl: string | null;
  redirectUri: string | null;
}

/** The IdPs that have a guide of their own. */
export const PROVIDERS: Record<Provider, ProviderNames> = {
  okta: {
    name: 'Okta',
    entityId: 'Audience URI (SP Entity ID)',
    acsUrl: 'Single sign-on URL',
    redirectUri: 'Sign-in redirect URI',
  },
  entra: {
    name: 'Entra ID',
    entityId: 'Identifier (Entity ID)',
    acsUrl: 'Reply URL',
    redirectUri: 'Redirect URI (Web)',
  },
  onelogin: {
    name: 'OneLogin',
    entityId: 'Audience',
    acsUrl: 'ACS (Consumer) URL',
    redirectUri: 'Redirect URIs',
  },
  jumpcloud: {
    name: 'JumpCloud',
    entityId: 'SP Entity ID',
    acsUrl: 'ACS URLs',
    redirectUri: 'Redirect URIs',
  },
  ping: { name: 'Ping', entityId: 'Entity ID', acsUrl: 'ACS URLs', redirectUri: 'Redirect URIs' },
  google: {
    name: 'Google Workspace',
    entityId: 'Entity ID',
    acsUrl: 'ACS URL',
    redirectUri: 'Authorized redirect URIs',
  },
  other: { name: 'Another IdP', entityId: null, acsUrl: null, redirectUri: null },
};

/** The same, in the order of the choice. */
export const PROVIDER_ORDER: readonly Provider[] = [
  'okta',
  'entra',
  'onelogin',
  'jumpcloud',
  'ping',
  'google',
  'other',
];
