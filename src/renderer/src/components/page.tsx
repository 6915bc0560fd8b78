import { Anchor, Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './page.module.css';

/** A page of the console: window title, breadcrumbs, heading, actions and content. */
export function Page({
  title,
  crumbs = [],
  lead,
  actions,
  fill = false,
  children,
}: {
  title: string;
  /** The way here; the page itself is added. */
  crumbs?: readonly { label: string; to: string }[];
  lead?: ReactNode;
  actions?: ReactNode;
  /** Takes the height of the window and lets a table inside scroll, instead of scrolling itself. */
  fill?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={styles.page} data-fill={fill || undefined}>
      <title>{`${title} · Rollcall`}</title>
      <header className={styles.header}>
        <div className={styles.heading}>
          {crumbs.length > 0 && <Breadcrumbs crumbs={crumbs} current={title} />}
          <Title order={1}>{title}</Title>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

function Breadcrumbs({
  crumbs,
  current,
}: {
  crumbs: readonly { label: string; to: string }[];
  current: string;
}) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className={styles.crumbs}>
        {crumbs.map(({ label, to }) => (
          <li key={label}>
            <Anchor component={Link} to={to} size="xs">
              {label}
            </Anchor>
            <IconChevronRight size={12} aria-hidden />
          </li>
        ))}
        <li aria-current="page">{current}</li>
      </ol>
    </nav>
  );
}
