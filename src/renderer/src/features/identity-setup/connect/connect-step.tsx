import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { IdpLocation } from '../../../../../shared/contract/organization.ts';
import type { Overview, Setup } from '../../../../../shared/contract/overview.ts';
import type { Provider } from '../../../../../shared/contract/sso.ts';
import { useSso } from '../../../api/queries/sso.ts';
import { CopyField } from '../../../components/copy-field.tsx';
import { PROVIDER_ORDER, PROVIDERS } from '../sso/providers.ts';
import { StepFrame } from '../step-frame.tsx';
import styles from './connect-step.module.css';
import { ConnectionProgress } from './connection-progress.tsx';
import { GUIDES } from './guides.tsx';
import { RequestFeed } from './request-feed.tsx';
import { TerminalGuide } from './terminal-guide.tsx';

/** Tells what to do in the IdP, and listens until the first request is let in. */
export function ConnectStep({
  step,
  location,
  overview,
  onDone,
}: {
  step: Setup['steps']['connect'];
  location: IdpLocation | null;
  overview: Overview;
  onDone: () => void;
}) {
  const sso = useSso();
  const [chosen, setChosen] = useState<Provider | null>(null);
  const provider = chosen ?? sso.data?.connection?.provider ?? 'other';

  return (
    <StepFrame
      title="Connect"
      lead="Now tell your IdP where to call. This page listens meanwhile and explains every request."
      actions={
        <Button disabled={!step.done} onClick={onDone}>
          Continue
        </Button>
      }
    >
      <ConnectionProgress step={step} overview={overview} />
      <RequestFeed />
      {overview.endpoint && <CopyField label="Endpoint URL" name="endpoint URL" value={overview.endpoint} />}
      {overview.endpoint && location === 'trying-out' && <TerminalGuide endpoint={overview.endpoint} />}
      <Guide provider={provider} onChoose={setChosen} />
    </StepFrame>
  );
}

function Guide({ provider, onChoose }: { provider: Provider; onChoose: (provider: Provider) => void }) {
  const { steps, note } = GUIDES[provider];
  return (
    <section aria-label="What to do in your IdP">
      <NativeSelect
        label="Guide for"
        data={PROVIDER_ORDER.map((value) => ({ value, label: PROVIDERS[value].name }))}
        value={provider}
        onChange={(event) => onChoose(event.currentTarget.value as Provider)}
        maw={240}
      />
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: numbered instructions that never move
          <li key={index}>{step}</li>
        ))}
      </ol>
      {note && <p className={styles.note}>{note}</p>}
    </section>
  );
}
