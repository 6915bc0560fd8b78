import { PasswordInput, Stack, Textarea, TextInput } from '@mantine/core';
import type { ConnectionDraft } from './connection-draft.ts';
import { MetadataFileField } from './metadata-file-field.tsx';

/** The inputs of the chosen way in. */
export function MethodFields({
  draft,
  onChange,
}: {
  draft: ConnectionDraft;
  onChange: (changes: Partial<ConnectionDraft>) => void;
}) {
  switch (draft.method) {
    case 'file':
      return <MetadataFileField file={draft.file} onChange={(file) => onChange({ file })} />;
    case 'paste':
      return (
        <Textarea
          label="SAML metadata"
          description="The whole XML document, from <EntityDescriptor> on."
          value={draft.pasted}
          onChange={(event) => onChange({ pasted: event.currentTarget.value })}
          rows={8}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }}
        />
      );
    case 'url':
      return (
        <TextInput
          label="Metadata URL"
          description="Rollcall fetches it from this computer, now and whenever the connection is checked again."
          placeholder="https://idp.example.com/metadata"
          value={draft.metadataUrl}
          onChange={(event) => onChange({ metadataUrl: event.currentTarget.value })}
          spellCheck={false}
        />
      );
    case 'oidc':
      return <OidcFields draft={draft} onChange={onChange} />;
  }
}

function OidcFields({
  draft,
  onChange,
}: {
  draft: ConnectionDraft;
  onChange: (changes: Partial<ConnectionDraft>) => void;
}) {
  return (
    <Stack gap="sm">
      <TextInput
        label="Issuer"
        description="The endpoints are read from its /.well-known/openid-configuration."
        placeholder="https://login.example.com"
        value={draft.issuer}
        onChange={(event) => onChange({ issuer: event.currentTarget.value })}
        spellCheck={false}
      />
      <TextInput
        label="Client ID"
        value={draft.clientId}
        onChange={(event) => onChange({ clientId: event.currentTarget.value })}
        spellCheck={false}
        autoComplete="off"
      />
      <PasswordInput
        label="Client secret (optional)"
        description="Sealed in the vault of this computer and never shown again. Public clients have none."
        value={draft.clientSecret}
        onChange={(event) => onChange({ clientSecret: event.currentTarget.value })}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the secret' }}
      />
    </Stack>
  );
}
