import { Button } from '@mantine/core';
import { IconShieldExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import type { GuardState } from '../../../../shared/contract/deprovisioning.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { count, counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import { type Asking, DecideDialog } from './decide-dialog.tsx';
import styles from './guard-banner.module.css';

/** On every page while the guard waits for a person: what happened, to how many, since when, and the three ways on. */
export function GuardBanner({ guard }: { guard: GuardState }) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const { pathname } = useLocation();
  const { cuts, of, held, since, job, stopsTheLine } = guard;
  const ask = (decision: Asking['decision']) => setAsking({ decision, choice: {}, number: held });

  return (
    <section className={styles.banner} aria-label="Guard">
      <IconShieldExclamation size={22} stroke={1.7} aria-hidden className={styles.icon} />
      <div className={styles.words}>
        <strong>
          {/* Announced once, and not again with each minute and each step of the decision. */}
          <span role="alert">
            {/* Where most came only after the first cut, the number at its start says nothing. */}
            {cuts <= of && `${count(cuts)} of `}
            {counted(Math.max(cuts, of), 'person', 'people')} lost access
          </span>
          {since && (
            <>
              {' '}
              <RelativeTime time={since} />
            </>
          )}
        </strong>
        <span>
          {job
            ? `${job.title}: ${count(job.done)} of ${count(job.total ?? held)}`
            : `${counted(held, 'person waits', 'people wait')} for your decision; nothing final happens before it.`}
          {stopsTheLine && ' Your IdP’s writes are answered 503 meanwhile.'}
        </span>
      </div>
      <div className={styles.actions}>
        <Button size="xs" disabled={job !== null} onClick={() => ask('recall')}>
          Recall all {count(held)}
        </Button>
        <Button size="xs" variant="default" disabled={job !== null} onClick={() => ask('confirm')}>
          Confirm all {count(held)}
        </Button>
        {pathname !== paths.guard && (
          <Button size="xs" variant="default" component={Link} to={paths.guard}>
            Choose
          </Button>
        )}
      </div>
      <DecideDialog asking={asking} onClose={() => setAsking(null)} />
    </section>
  );
}
