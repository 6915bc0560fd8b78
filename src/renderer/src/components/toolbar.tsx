import type { ReactNode } from 'react';
import styles from './toolbar.module.css';

/** Search and filters above a table, with what they leave. */
export function Toolbar({ summary, children }: { summary?: ReactNode; children: ReactNode }) {
  return (
    <search className={styles.toolbar}>
      {children}
      {/* Always there, so that a change of the number is announced. */}
      <output className={styles.summary}>{summary}</output>
    </search>
  );
}
