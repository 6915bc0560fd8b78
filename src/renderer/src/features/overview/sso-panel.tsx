import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Overview } from '../../../../shared/contract/overview.ts';
import { CertificateExpiry } from '../../components/certificate-expiry.tsx';
import { Facts } from '../../components/facts.tsx';
import { Panel } from '../../components/panel.tsx';
import { paths } from '../../paths.ts';

/** The stored SSO connection in brief. */
export function SsoPanel({ sso }: { sso: Overview['sso'] }) {
  return (
    <Panel
      title="Single sign-on"
      actions={
        <Anchor component={Link} to={paths.identitySetup('sso')} size="sm">
          {sso ? 'Open' : 'Set up'}
        </Anchor>
      }
    >
      {sso ? (
        <Facts
          facts={[
            ['Connection', sso.tryOut ? `${sso.name} (try-out)` : sso.name],
            ['Protocol', sso.protocol === 'saml' ? 'SAML 2.0' : 'OpenID Connect'],
            [
              'Certificate',
              sso.certificateExpiresAt && (
                <CertificateExpiry key="expiry" expiresAt={sso.certificateExpiresAt} />
              ),
            ],
          ]}
        />
      ) : (
        <Text size="sm" c="dimmed">
          No connection is stored. SCIM can be enabled once there is one.
        </Text>
      )}
    </Panel>
  );
}
