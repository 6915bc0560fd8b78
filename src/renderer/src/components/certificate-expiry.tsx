import { calendarDate } from '../format/time.ts';
import type { Tone } from './tone.ts';
import { ToneBadge } from './tone-badge.tsx';
import { useNow } from './use-now.ts';

const DAY = 24 * 3600 * 1000;
const SOON = 30;

function expiry(expiresAt: string, now: number): { words: string; tone: Tone } {
  const days = Math.floor((Date.parse(expiresAt) - now) / DAY);
  if (days < 0) return { words: `Expired on ${calendarDate(expiresAt)}`, tone: 'bad' };
  if (days < SOON) {
    return {
      words: `Expires in ${days} ${days === 1 ? 'day' : 'days'}, ${calendarDate(expiresAt)}`,
      tone: 'warning',
    };
  }
  return { words: `Valid until ${calendarDate(expiresAt)}`, tone: 'good' };
}

/** When a signing certificate ends; warned about in its last 30 days. */
export function CertificateExpiry({ expiresAt }: { expiresAt: string }) {
  const { words, tone } = expiry(expiresAt, useNow());
  return <ToneBadge tone={tone}>{words}</ToneBadge>;
}
