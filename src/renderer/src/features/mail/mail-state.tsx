import type { Mail } from '../../../../shared/contract/mail.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import type { Tone } from '../../components/tone.ts';
import { ToneBadge } from '../../components/tone-badge.tsx';

const STATES: Record<Mail['state'], { label: string; tone: Tone }> = {
  queued: { label: 'Waiting', tone: 'waiting' },
  sent: { label: 'Sent', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
};

export function MailStateBadge({ mail }: { mail: Mail }) {
  const { label, tone } = STATES[mail.state];
  return <ToneBadge tone={mail.state === 'queued' && mail.lastError ? 'warning' : tone}>{label}</ToneBadge>;
}

/** When it was sent, failed or is tried next. */
export function MailTime({ mail }: { mail: Mail }) {
  const attempts = mail.attempts > 1 ? ` after ${mail.attempts} attempts` : '';
  if (mail.sentAt) {
    return (
      <>
        Sent <RelativeTime time={mail.sentAt} />
      </>
    );
  }
  if (mail.failedAt) {
    return (
      <>
        {mail.kind === 'test' ? 'Failed' : 'Given up'} <RelativeTime time={mail.failedAt} />
        {attempts}
      </>
    );
  }
  if (mail.attempts > 0 && mail.nextAt) {
    return (
      <>
        Tried {mail.attempts === 1 ? 'once' : `${mail.attempts} times`}, next try{' '}
        <RelativeTime time={mail.nextAt} />
      </>
    );
  }
  return (
    <>
      Made <RelativeTime time={mail.createdAt} />
    </>
  );
}
