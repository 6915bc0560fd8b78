import { IconEye } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import styles from './try-out-strip.module.css';

/** Says on every page why nothing can be changed. */
export function ViewerStrip() {
  return (
    <aside className={styles.strip} aria-label="Permission">
      <IconEye size={16} stroke={1.8} aria-hidden />
      <strong>You are a viewer</strong>
      <span className={styles.text}>You see everything; what you try to change is refused.</span>
      <Link to={paths.operators}>Who can change that</Link>
    </aside>
  );
}
