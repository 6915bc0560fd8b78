import { expect, test } from 'vitest';
import { recognizeIdp } from '../../../../src/main/activity/recognize-idp.ts';

test.each([
  ['Okta SCIM Client 1.0.0', 'Okta'],
  ['Microsoft-AzureAD-Provisioning', 'Entra ID'],
  ['OneLogin SCIM', 'OneLogin'],
  ['JumpCloud-SCIM/1.0', 'JumpCloud'],
  ['PingOne Provisioning', 'Ping Identity'],
  ['PingFederate/11', 'Ping Identity'],
  ['goauthentik.io/2025', 'authentik'],
  ['Keycloak SCIM', 'Keycloak'],
  ['Google-Auto-Provisioning', 'Google Workspace'],
  ['curl/8.0', null],
  ['shipping-bot', null],
  ['', null],
  [undefined, null],
])('%s is %s', (userAgent, idp) => {
  expect(recognizeIdp(userAgent)).toBe(idp);
});
