import { IconDeviceDesktop, IconFlask, IconWall, IconWorld } from '@tabler/icons-react';
import type { IdpLocation } from '../../../../../shared/contract/organization.ts';
import type { Choice } from '../../../components/choice-cards.tsx';

/** The four places an IdP can be, with what each means for the endpoint. */
export const IDP_LOCATIONS: readonly Choice<IdpLocation>[] = [
  {
    value: 'this-machine',
    label: 'On this machine',
    icon: IconDeviceDesktop,
    consequence:
      'Keycloak, authentik or another IdP runs right here. Nothing has to be opened to the outside.',
  },
  {
    value: 'reachable-url',
    label: 'It can reach a URL of ours',
    icon: IconWorld,
    consequence:
      'A cloud IdP calls this computer under a public name. You need that name, a certificate for it, and a way in through the firewall.',
  },
  {
    value: 'behind-firewall',
    label: 'We are behind a firewall',
    icon: IconWall,
    consequence:
      'Nothing may come in from outside. An agent of your IdP (Entra and Okta have one) or a reverse proxy inside the network passes requests on.',
  },
  {
    value: 'trying-out',
    label: 'Just trying it out',
    icon: IconFlask,
    consequence:
      'No IdP is at hand. Everything stays on this computer; a few requests sent from here show how it works.',
  },
];

/** Whether a place needs, may have, or has no use for a public URL. */
export const PUBLIC_URL_NEED: Record<IdpLocation, 'needed' | 'possible' | 'none'> = {
  'this-machine': 'none',
  'reachable-url': 'needed',
  'behind-firewall': 'possible',
  'trying-out': 'none',
};
