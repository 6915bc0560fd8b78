import { Box, Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useLocateIdp } from '../../api/queries/organization.ts';
import { useSetup } from '../../api/queries/setup.ts';
import { AddressChange } from '../../components/address-change.tsx';
import { ErrorCallout } from '../../components/error-callout.tsx';
import { checkPublicUrl } from '../../format/public-url.ts';

/** Changes the URL that the IdP is given; empty means the address that is listened on. */
export function PublicUrlForm({ publicUrl }: { publicUrl: string | null }) {
  const [text, setText] = useState(publicUrl ?? '');
  const setup = useSetup();
  const locate = useLocateIdp();
  const { url, problem } = checkPublicUrl(text);
  const changed = url !== publicUrl;

  function save(): void {
    locate.mutate(
      { location: setup.data?.steps.organization.location ?? 'reachable-url', publicUrl: url },
      {
        onSuccess: ({ endpoint }) =>
          notifications.show({ title: 'Public URL saved', message: `The endpoint URL is now ${endpoint}` }),
      },
    );
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!problem && changed) save();
      }}
    >
      <TextInput
        label="Public URL"
        description="Scheme, host and port under which your IdP reaches this computer, for instance through a reverse proxy. Leave it empty if it calls the listener directly."
        placeholder="https://scim.example.com"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problem}
        spellCheck={false}
      />
      {changed && !problem && (
        <Box mt="sm">
          <AddressChange />
        </Box>
      )}
      <Group mt="sm" gap="sm">
        <Button
          type="submit"
          variant="default"
          disabled={!changed || problem !== null}
          loading={locate.isPending}
        >
          Save public URL
        </Button>
      </Group>
      <ErrorCallout error={locate.error} />
    </form>
  );
}
