import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './step-frame.module.css';

/** One step: what it is for, its content, and the way on. */
export function StepFrame({
  title,
  lead,
  actions,
  onSubmit,
  children,
}: {
  title: string;
  lead: ReactNode;
  actions?: ReactNode;
  /** Makes the step a form. */
  onSubmit?: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const content = (
    <>
      <div className={styles.body}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </>
  );

  return (
    <section aria-labelledby={id} className={styles.step}>
      <header className={styles.header}>
        <Title order={2} id={id} className={styles.title}>
          {title}
        </Title>
        <p className={styles.lead}>{lead}</p>
      </header>
      {onSubmit ? (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit();
          }}
        >
          {content}
        </form>
      ) : (
        content
      )}
    </section>
  );
}
