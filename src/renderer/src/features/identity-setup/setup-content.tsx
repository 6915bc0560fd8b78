import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { Overview, Setup } from '../../../../shared/contract/overview.ts';
import type { IssuedToken } from '../../../../shared/contract/tokens.ts';
import { Empty } from '../../components/empty.tsx';
import type { SetupView } from '../../paths.ts';
import { ConnectStep } from './connect/connect-step.tsx';
import { EndpointView } from './endpoint/endpoint-view.tsx';
import { OrganizationStep } from './organization/organization-step.tsx';
import { PolicyStep } from './policy/policy-step.tsx';
import { ReviewStep } from './review/review-step.tsx';
import { SsoStep } from './sso/sso-step.tsx';
import { StepFrame } from './step-frame.tsx';
import type { Lock } from './steps.ts';
import { lockOf, STEPS, viewAfter } from './steps.ts';
import { TokenStep } from './token/token-step.tsx';

interface SetupContentProps {
  view: SetupView;
  setup: Setup;
  overview: Overview;
  goTo: (view: SetupView) => void;
  onIssued: (token: IssuedToken, next: SetupView) => void;
}

/** The step or view that the URL asks for, or why it has to wait. */
export function SetupContent({ view, setup, overview, goTo, onIssued }: SetupContentProps) {
  if (view === 'endpoint') {
    return <EndpointView overview={overview} goTo={goTo} onIssued={(token) => onIssued(token, 'endpoint')} />;
  }

  const lock = lockOf(view, setup, overview);
  if (lock) return <LockedStep id={view} lock={lock} goTo={goTo} />;

  const onDone = () => goTo(viewAfter(view));
  switch (view) {
    case 'organization':
      return (
        <OrganizationStep
          organization={overview.organization}
          location={setup.steps.organization.location}
          publicUrl={overview.publicUrl}
          listener={overview.listener}
          onDone={onDone}
        />
      );
    case 'sso':
      return <SsoStep onDone={onDone} />;
    case 'policy':
      return <PolicyStep onDone={onDone} />;
    case 'token':
      return (
        <TokenStep
          step={setup.steps.token}
          overview={overview}
          goTo={goTo}
          onIssued={(token) => onIssued(token, 'connect')}
        />
      );
    case 'connect':
      return (
        <ConnectStep
          step={setup.steps.connect}
          location={setup.steps.organization.location}
          overview={overview}
          onDone={onDone}
        />
      );
    case 'review':
      return <ReviewStep counts={overview.counts} />;
  }
}

function LockedStep({ id, lock, goTo }: { id: SetupView; lock: Lock; goTo: (view: SetupView) => void }) {
  const label = (step: SetupView) => STEPS.find((one) => one.id === step)?.label ?? '';
  return (
    <StepFrame title={label(id)} lead="This step waits for another one.">
      <Empty
        icon={IconLock}
        title="Not yet"
        actions={<Button onClick={() => goTo(lock.first)}>{`Go to ${label(lock.first)}`}</Button>}
      >
        {lock.sentence}
      </Empty>
    </StepFrame>
  );
}
