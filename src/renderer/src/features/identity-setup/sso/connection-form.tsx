import { Button } from '@mantine/core';
import { IconZoomCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutputOf } from '../../../../../shared/contract/index.ts';
import type { ConnectionInput, Provider } from '../../../../../shared/contract/sso.ts';
import { useInspectConnection, useSaveConnection } from '../../../api/queries/sso.ts';
import { Callout } from '../../../components/callout.tsx';
import type { Choice } from '../../../components/choice-cards.tsx';
import { ChoiceCards } from '../../../components/choice-cards.tsx';
import { ErrorCallout } from '../../../components/error-callout.tsx';
import type { ConnectionDraft, Method } from './connection-draft.ts';
import { emptyDraft, readDraft } from './connection-draft.ts';
import { ConnectionFacts } from './connection-facts.tsx';
import styles from './connection-form.module.css';
import { MethodFields } from './method-fields.tsx';
import { PROVIDER_ORDER, PROVIDERS } from './providers.ts';
import { ServiceProviderFields } from './service-provider-fields.tsx';

const PROVIDER_CHOICES = PROVIDER_ORDER.map((value) => ({ value, label: PROVIDERS[value].name }));

const METHODS: readonly Choice<Method>[] = [
  { value: 'file', label: 'Metadata file' },
  { value: 'paste', label: 'Paste metadata' },
  { value: 'url', label: 'Metadata URL' },
  { value: 'oidc', label: 'OpenID Connect' },
];

interface Checked {
  input: ConnectionInput;
  result: OutputOf<'sso.inspect'>;
}

/** Provider, our values, the IdP's values, *Check*, *Save connection*: in that order. */
export function ConnectionForm({
  initialProvider,
  serviceProvider,
  onSaved,
}: {
  initialProvider: Provider | null;
  serviceProvider: OutputOf<'sso.get'>['serviceProvider'];
  onSaved: () => void;
}) {
  const [draft, setDraft] = useState(() => emptyDraft(initialProvider));
  const [missing, setMissing] = useState<string | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const inspect = useInspectConnection();
  const save = useSaveConnection();

  function change(changes: Partial<ConnectionDraft>): void {
    setDraft((previous) => ({ ...previous, ...changes }));
    setMissing(null);
    setChecked(null);
    inspect.reset();
    save.reset();
  }

  async function check(): Promise<void> {
    const read = readDraft(draft);
    if ('missing' in read) {
      setMissing(read.missing);
      return;
    }
    setChecked(null);
    const result = await inspect.start(read.input);
    if (result) setChecked({ input: read.input, result });
  }

  async function store({ input }: Checked): Promise<void> {
    if (await save.start(input)) onSaved();
  }

  return (
    <div className={styles.form}>
      <ChoiceCards
        legend="Your IdP"
        choices={PROVIDER_CHOICES}
        value={draft.provider}
        onChange={(provider) => change({ provider })}
        columns="fit"
      />

      <ServiceProviderFields
        provider={draft.provider ?? 'other'}
        protocol={draft.method === 'oidc' ? 'oidc' : 'saml'}
        values={serviceProvider}
      />

      <ChoiceCards
        legend="What your IdP gives you"
        choices={METHODS}
        value={draft.method}
        onChange={(method) => change({ method })}
        columns="fit"
      />
      <MethodFields draft={draft} onChange={change} />

      {missing && <Callout tone="bad">{missing}</Callout>}
      <ErrorCallout error={inspect.error} title="The check found a problem" />
      <div>
        <Button
          variant={checked ? 'default' : 'filled'}
          leftSection={<IconZoomCheck size={17} aria-hidden />}
          loading={inspect.pending}
          onClick={() => void check()}
        >
          Check
        </Button>
      </div>

      {checked && (
        <section className={styles.result} aria-label="What was found">
          {checked.result.warnings.map((warning) => (
            <Callout key={warning} tone="warning">
              {warning}
            </Callout>
          ))}
          <ConnectionFacts details={checked.result.details} />
          <ErrorCallout error={save.error} title="The connection was not saved" />
          <div>
            <Button loading={save.pending} onClick={() => void store(checked)}>
              Save connection
            </Button>
          </div>
        </section>
      )}
    </div>
  );
}
