import type { TablerIcon } from '@tabler/icons-react';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconInfoCircle,
} from '@tabler/icons-react';
import styles from './tone.module.css';

/** How a state feels: never told by colour alone, each comes with an icon and words. */
export type Tone = 'idle' | 'waiting' | 'good' | 'warning' | 'bad';

export const TONE_ICONS: Record<Tone, TablerIcon> = {
  idle: IconCircleDashed,
  waiting: IconInfoCircle,
  good: IconCircleCheck,
  warning: IconAlertTriangle,
  bad: IconCircleX,
};

/** The class that sets `--tone-ink`, `--tone-fill` and `--tone-line`. */
export function toneClass(tone: Tone): string {
  return styles[tone] ?? '';
}
