import { statusText, statusTone } from '../format/http.ts';
import { ToneBadge } from './tone-badge.tsx';

/** An HTTP status: number, words, tone and icon. */
export function StatusCode({ status }: { status: number }) {
  return (
    <ToneBadge tone={statusTone(status)} plain>
      {status === 0 ? statusText(0) : `${status} ${statusText(status)}`}
    </ToneBadge>
  );
}
