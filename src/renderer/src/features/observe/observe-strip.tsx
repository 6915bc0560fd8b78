import { IconEyeCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ObserveStatus } from '../../../../shared/contract/observe.ts';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import styles from '../shell/try-out-strip.module.css';

/** Says on every page that pushes are only recorded, or that something recorded was never applied. */
export function ObserveStrip({ observe: { mode, users, groups } }: { observe: ObserveStatus }) {
  const waiting = users + groups;
  if (mode === 'live' && waiting === 0) return null;
  const what = `${counted(users, 'person', 'people')} and ${counted(groups, 'group')}`;
  return (
    <aside className={styles.strip} aria-label="Observe mode">
      <IconEyeCheck size={16} stroke={1.8} aria-hidden />
      <strong>{mode === 'observe' ? 'Observing' : 'Not applied'}</strong>
      <span className={styles.text}>
        {waiting === 0
          ? 'What your IdP writes is recorded and waits until you apply it; revocations take effect at once.'
          : `${what} ${waiting === 1 ? 'waits' : 'wait'} until you apply what your IdP wrote.`}
      </span>
      <Link to={paths.observe}>Look and apply</Link>
    </aside>
  );
}
