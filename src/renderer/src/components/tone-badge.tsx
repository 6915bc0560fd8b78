import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Tone } from './tone.ts';
import { TONE_ICONS, toneClass } from './tone.ts';
import styles from './tone-badge.module.css';

/** A state in one line: icon, words, tone. */
export function ToneBadge({
  tone,
  icon: Icon = TONE_ICONS[tone],
  plain = false,
  title,
  children,
}: {
  tone: Tone;
  icon?: TablerIcon;
  /** Without the filled pill, for dense places. */
  plain?: boolean;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span className={`${styles.badge} ${toneClass(tone)}`} data-plain={plain || undefined} title={title}>
      <Icon size={15} stroke={1.9} aria-hidden className={styles.icon} />
      <span className={styles.words}>{children}</span>
    </span>
  );
}
