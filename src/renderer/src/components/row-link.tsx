import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './row-link.module.css';

/** The link in the first cell of a row that opens it. */
export function RowLink({ to, title, children }: { to: string; title?: string; children: ReactNode }) {
  return (
    <Link to={to} title={title} className={styles.link}>
      {children}
    </Link>
  );
}
