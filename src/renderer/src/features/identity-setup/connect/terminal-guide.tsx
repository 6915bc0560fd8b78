import { Stack, Text } from '@mantine/core';
import { CopyField } from '../../../components/copy-field.tsx';

const PERSON = JSON.stringify({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'ada@example.com',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  active: true,
});

/** Plays the IdP from a terminal, for those who have none at hand. The token is typed in, never shown here. */
export function TerminalGuide({ endpoint }: { endpoint: string }) {
  const authorization = "-H 'Authorization: Bearer TOKEN'";
  return (
    <section aria-label="From a terminal">
      <Stack gap="sm">
        <Text size="sm">
          Without an IdP, a terminal on this computer can play one. Put your token where it says TOKEN.
        </Text>
        <CopyField
          label="Look for people, as a connection test does"
          name="command that looks for people"
          value={`curl ${authorization} '${endpoint}/Users?count=1'`}
        />
        <CopyField
          label="Create a person"
          name="command that creates a person"
          value={`curl ${authorization} -H 'Content-Type: application/scim+json' -d '${PERSON}' '${endpoint}/Users'`}
        />
      </Stack>
    </section>
  );
}
