import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ListenerState } from '../../../../../shared/contract/listener.ts';
import type { IdpLocation, Organization } from '../../../../../shared/contract/organization.ts';
import { organizationId } from '../../../../../shared/contract/organization.ts';
import { useCreateOrganization, useLocateIdp } from '../../../api/queries/organization.ts';
import { AddressChange } from '../../../components/address-change.tsx';
import { Callout } from '../../../components/callout.tsx';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { ErrorCallout } from '../../../components/error-callout.tsx';
import { Facts } from '../../../components/facts.tsx';
import { checkPublicUrl } from '../../../format/public-url.ts';
import { StepFrame } from '../step-frame.tsx';
import { IDP_LOCATIONS, PUBLIC_URL_NEED } from './idp-locations.ts';
import { suggestOrganizationId } from './slug.ts';

function idProblem(id: string): string | null {
  const parsed = organizationId.safeParse(id);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'This id cannot be used.');
}

function listenerOrigin(listener: ListenerState): string {
  return listener.state === 'listening' ? `http://${listener.host}:${listener.port}` : 'http://127.0.0.1';
}

/** Names the organization, once, and says where its IdP is, which can change. */
export function OrganizationStep({
  organization,
  location: storedLocation,
  publicUrl: storedUrl,
  listener,
  onDone,
}: {
  organization: Organization | null;
  location: IdpLocation | null;
  publicUrl: string | null;
  listener: ListenerState;
  onDone: () => void;
}) {
  const [name, setName] = useState('');
  const [editedId, setEditedId] = useState<string | null>(null);
  const [location, setLocation] = useState(storedLocation);
  const [urlText, setUrlText] = useState(storedUrl ?? '');
  const [tried, setTried] = useState(false);
  const create = useCreateOrganization();
  const locate = useLocateIdp();

  const id = organization?.id ?? editedId ?? suggestOrganizationId(name);
  const need = location ? PUBLIC_URL_NEED[location] : 'none';
  const url = checkPublicUrl(need === 'none' ? '' : urlText);
  const urlProblem =
    url.problem ??
    (need === 'needed' && url.url === null
      ? 'Enter the URL under which your IdP reaches this computer.'
      : null);
  const nameProblem = organization || name.trim() ? null : 'Give your organization a name.';
  const wrongId = organization ? null : idProblem(id);
  const ready = !nameProblem && !wrongId && !urlProblem && location !== null;

  async function save(): Promise<void> {
    setTried(true);
    if (!ready || location === null) return;
    try {
      if (!organization) await create.mutateAsync({ id, name: name.trim() });
      await locate.mutateAsync({ location, publicUrl: url.url });
      onDone();
    } catch {
      // Both mutations keep their error, and it is shown below.
    }
  }

  return (
    <StepFrame
      title="Organization"
      lead="Rollcall serves one organization. Its id becomes part of the address that your IdP calls."
      onSubmit={() => void save()}
      actions={
        <Button type="submit" loading={create.isPending || locate.isPending}>
          Continue
        </Button>
      }
    >
      {organization ? (
        <Facts
          facts={[
            ['Name', organization.name],
            ['Id', <code key="id">{organization.id}</code>],
          ]}
        />
      ) : (
        <>
          <TextInput
            label="Organization name"
            placeholder="Acme GmbH"
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.currentTarget.value)}
            error={tried && nameProblem}
            autoComplete="organization"
          />
          <TextInput
            label="Organization id"
            description="Lower-case letters, digits and hyphens. It cannot be changed later."
            value={id}
            onChange={(event) => setEditedId(event.currentTarget.value)}
            error={(tried || editedId !== null) && id !== '' ? wrongId : tried && wrongId}
            spellCheck={false}
            autoComplete="off"
          />
        </>
      )}

      <ChoiceCards
        legend="Where is your IdP?"
        choices={IDP_LOCATIONS}
        value={location}
        onChange={setLocation}
        columns={2}
      />
      {tried && location === null && <Callout tone="bad">Choose where your IdP is.</Callout>}

      {need !== 'none' && (
        <TextInput
          label="Public URL"
          description={
            need === 'needed'
              ? 'Scheme, host and port as your IdP calls them. Cloud IdPs insist on https.'
              : 'The address that the agent or proxy calls. Leave it empty if that is the listener itself.'
          }
          placeholder="https://scim.example.com"
          value={urlText}
          onChange={(event) => setUrlText(event.currentTarget.value)}
          error={(tried || urlText !== '') && urlProblem}
          spellCheck={false}
        />
      )}

      {id && !wrongId && !urlProblem && (
        <Facts
          facts={[
            ['Endpoint URL', <code key="url">{`${url.url ?? listenerOrigin(listener)}/scim/v2/${id}`}</code>],
          ]}
        />
      )}
      {organization && !urlProblem && url.url !== storedUrl && <AddressChange />}
      <ErrorCallout error={create.error ?? locate.error} title="This could not be saved" />
    </StepFrame>
  );
}
