import type { ProfileName } from '../../../../shared/contract/profiles.ts';
import type { Provider } from '../../../../shared/contract/sso.ts';

const AS_LENIENT = (idp: string) =>
  `Does what Lenient does. Nothing more is known to suit ${idp}; what is learnt later will come with this profile.`;

/** The IdP profiles with what each changes. */
export const PROFILES: readonly { value: ProfileName; label: string; effect: string }[] = [
  {
    value: 'lenient',
    label: 'Lenient (recommended)',
    effect: 'Understands what the common IdPs are known to send, strictly correct or not.',
  },
  {
    value: 'rfc',
    label: 'RFC, to the letter',
    effect:
      'Holds every request to RFC 7643 and 7644. For conformance tests and for clients you write yourself: most IdPs will be refused sooner or later.',
  },
  {
    value: 'okta',
    label: 'Okta',
    effect:
      'Lenient, and takes the token without the word “Bearer”, as Okta’s header authentication sends it.',
  },
  {
    value: 'entra',
    label: 'Entra ID',
    effect: 'Lenient, and answers a PATCH with 204 and no body, as Microsoft’s own requests expect.',
  },
  { value: 'onelogin', label: 'OneLogin', effect: AS_LENIENT('OneLogin') },
  { value: 'jumpcloud', label: 'JumpCloud', effect: AS_LENIENT('JumpCloud') },
  { value: 'ping', label: 'Ping', effect: AS_LENIENT('PingOne and PingFederate') },
  { value: 'keycloak', label: 'Keycloak', effect: AS_LENIENT('Keycloak') },
  { value: 'authentik', label: 'authentik', effect: AS_LENIENT('authentik') },
];

/** What a profile is called within a sentence: "Lenient", "RFC". */
export function profileLabel(name: ProfileName): string {
  return PROFILES.find(({ value }) => value === name)?.label.split(/ \(|,/)[0] ?? name;
}

/** The profile that fits an IdP, if there is one of its own. */
export function profileFor(provider: Provider): ProfileName | null {
  return PROFILES.find(({ value }) => value === provider)?.value ?? null;
}
