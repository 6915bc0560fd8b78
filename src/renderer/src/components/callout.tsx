import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './callout.module.css';
import type { Tone } from './tone.ts';
import { TONE_ICONS, toneClass } from './tone.ts';

/** Something the person should know here and now. Warnings and errors are announced to assistive technology. */
export function Callout({
  tone,
  title,
  icon: Icon = TONE_ICONS[tone],
  actions,
  children,
}: {
  tone: Tone;
  title?: ReactNode;
  icon?: TablerIcon;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={`${styles.callout} ${toneClass(tone)}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon size={18} stroke={1.8} aria-hidden className={styles.icon} />
      <div className={styles.body}>
        {title && <p className={styles.title}>{title}</p>}
        {children && <div className={styles.text}>{children}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
