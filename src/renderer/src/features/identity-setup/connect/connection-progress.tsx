import { Loader } from '@mantine/core';
import type { Overview, Setup } from '../../../../../shared/contract/overview.ts';
import { Callout } from '../../../components/callout.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import styles from './connection-progress.module.css';

/** How far the connection has come: nothing yet, refused so far, or let in. */
export function ConnectionProgress({
  step,
  overview,
}: {
  step: Setup['steps']['connect'];
  overview: Overview;
}) {
  const { lastAt, lastFailure } = overview.requests;
  const issuedAt = overview.liveTokens.map(({ createdAt }) => createdAt).sort()[0];

  if (step.done) {
    return (
      <Callout tone="good" title="Your IdP is in">
        {step.firstRequestAt ? (
          <>
            The first request was let in <RelativeTime time={step.firstRequestAt} />.
          </>
        ) : (
          'Requests are being let in.'
        )}
      </Callout>
    );
  }
  if (overview.listener.state !== 'listening') {
    return (
      <Callout tone="bad" title="Nothing is listening">
        Requests cannot arrive until the listener runs. The overview says what is wrong with it.
      </Callout>
    );
  }
  if (lastAt && lastFailure) {
    return (
      <Callout tone="warning" title="Requests arrive, but none was let in">
        {lastFailure.reason ?? 'The newest one was refused.'} Change that in your IdP and test again.
      </Callout>
    );
  }
  return (
    <output className={styles.waiting}>
      <Loader size="xs" aria-hidden />
      <span>
        <strong>Waiting for the first request.</strong>
        {issuedAt && (
          <span className={styles.since}>
            {' '}
            The token was issued <RelativeTime time={issuedAt} />.
          </span>
        )}
      </span>
    </output>
  );
}
