import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './panel.module.css';

/** A titled area of a page. */
export function Panel({
  title,
  actions,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.header}>
        <Title order={2} id={id} className={styles.title}>
          {title}
        </Title>
        {actions}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
