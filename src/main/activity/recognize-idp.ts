/** How each product's provisioning client names itself; what names nobody stays unknown. */
const SIGNATURES: readonly [RegExp, string][] = [
  [/okta/i, 'Okta'],
  [/microsoft|azure|entra/i, 'Entra ID'],
  [/onelogin/i, 'OneLogin'],
  [/jumpcloud/i, 'JumpCloud'],
  [/ping(one|federate|\s?identity)/i, 'Ping Identity'],
  [/authentik/i, 'authentik'],
  [/keycloak/i, 'Keycloak'],
  [/google/i, 'Google Workspace'],
];

/** The IdP that a User-Agent belongs to, as its maker spells it. */
export function recognizeIdp(userAgent: string | undefined): string | null {
  return SIGNATURES.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null;
}
