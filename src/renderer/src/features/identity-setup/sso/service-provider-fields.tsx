import { Stack, Text } from '@mantine/core';
import type { OutputOf } from '../../../../../shared/contract/index.ts';
import type { Provider } from '../../../../../shared/contract/sso.ts';
import { CopyField } from '../../../components/copy-field.tsx';
import { PROVIDERS } from './providers.ts';

function calledIn(provider: Provider, name: string | null): string | undefined {
  return name === null ? undefined : `“${name}” in ${PROVIDERS[provider].name}`;
}

/** The values that go into the IdP, under the names that the IdP gives them. */
export function ServiceProviderFields({
  provider,
  protocol,
  values,
}: {
  provider: Provider;
  protocol: 'saml' | 'oidc';
  values: OutputOf<'sso.get'>['serviceProvider'];
}) {
  const names = PROVIDERS[provider];
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        What your IdP needs from us
      </Text>
      {protocol === 'saml' ? (
        <>
          <CopyField
            label="Entity ID"
            name="entity ID"
            value={values.entityId}
            hint={calledIn(provider, names.entityId)}
          />
          <CopyField
            label="ACS URL"
            name="ACS URL"
            value={values.acsUrl}
            hint={calledIn(provider, names.acsUrl)}
          />
        </>
      ) : (
        <CopyField
          label="Redirect URI"
          name="redirect URI"
          value={values.redirectUri}
          hint={calledIn(provider, names.redirectUri)}
        />
      )}
    </Stack>
  );
}
