import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconLock, IconPlugConnected } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Overview, Setup } from '../../../../shared/contract/overview.ts';
import type { SetupView } from '../../paths.ts';
import { paths } from '../../paths.ts';
import styles from './step-rail.module.css';
import type { StepId } from './steps.ts';
import { lockOf, STEPS } from './steps.ts';

/** Every step with its state, each of which can be opened at any time; below them what runs, once there is a token. */
export function StepRail({ setup, overview, view }: { setup: Setup; overview: Overview; view: SetupView }) {
  const hasRun =
    overview.liveTokens.length > 0 || setup.steps.connect.done || overview.endpointState !== 'not-configured';
  return (
    <nav aria-label="Setup steps" className={styles.rail}>
      <ol className={styles.steps}>
        {STEPS.map(({ id, label }, index) => (
          <RailStep
            key={id}
            id={id}
            label={label}
            number={index + 1}
            done={setup.steps[id].done}
            locked={lockOf(id, setup, overview) !== null}
            current={view === id}
          />
        ))}
      </ol>
      {hasRun && (
        <Link
          to={paths.identitySetup('endpoint')}
          className={styles.link}
          aria-current={view === 'endpoint' ? 'page' : undefined}
        >
          <span className={styles.marker} data-kind="endpoint">
            <IconPlugConnected size={15} stroke={1.8} aria-hidden />
          </span>
          <span className={styles.label}>Endpoint and tokens</span>
        </Link>
      )}
    </nav>
  );
}

function RailStep({
  id,
  label,
  number,
  done,
  locked,
  current,
}: {
  id: StepId;
  label: string;
  number: number;
  done: boolean;
  locked: boolean;
  current: boolean;
}) {
  const state = done ? 'done' : locked ? 'locked' : 'open';
  return (
    <li>
      <Link
        to={paths.identitySetup(id)}
        className={styles.link}
        aria-current={current ? 'step' : undefined}
        data-state={state}
        title={label}
      >
        <span className={styles.marker} data-kind={state} aria-hidden>
          {state === 'done' && <IconCheck size={14} stroke={2.4} aria-hidden />}
          {state === 'locked' && <IconLock size={13} stroke={1.9} aria-hidden />}
          {state === 'open' && number}
        </span>
        <span className={styles.label}>{label}</span>
        {state !== 'open' && <VisuallyHidden>({state})</VisuallyHidden>}
      </Link>
    </li>
  );
}
