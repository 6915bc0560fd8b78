import { absoluteTime, relativeTime } from '../format/time.ts';
import { useNow } from './use-now.ts';

/** How long ago (or how soon), with date and time on hover. */
export function RelativeTime({ time }: { time: string }) {
  // A row can be younger than the shared clock's last tick: what has happened is never shown as still to come.
  const now = useNow();
  const at = Date.parse(time);
  const reference = at > now && at - now < 20_000 ? at : now;
  return (
    <time dateTime={time} title={absoluteTime(time)}>
      {relativeTime(at, reference)}
    </time>
  );
}
