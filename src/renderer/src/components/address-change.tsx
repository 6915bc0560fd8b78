import { Callout } from './callout.tsx';

/** Warns that what the IdP has stored is about to become wrong. */
export function AddressChange() {
  return (
    <Callout tone="warning" title="Your IdP has to follow">
      The endpoint URL and the sign-on addresses change with it. Whatever your IdP has stored of them must be
      replaced there.
    </Callout>
  );
}
