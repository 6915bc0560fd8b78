import { IconUsersGroup } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Overview } from '../../../../shared/contract/overview.ts';
import { MEMBER_STATE_ORDER, MEMBER_STATES } from '../../components/member-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { toneClass } from '../../components/tone.ts';
import { count } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import styles from './people-panel.module.css';

/** How many people are in which state, and how many teams; each a link to exactly those. */
export function PeoplePanel({ counts }: { counts: Overview['counts'] }) {
  return (
    <Panel title="People">
      <ul className={styles.list}>
        {MEMBER_STATE_ORDER.map((state) => {
          const { label, tone, icon: Icon, meaning } = MEMBER_STATES[state];
          return (
            <li key={state}>
              <Link to={paths.members({ state })} className={styles.row} title={meaning}>
                <Icon size={18} stroke={1.7} aria-hidden className={`${styles.icon} ${toneClass(tone)}`} />
                <span>{label}</span>
                <span className={styles.number}>{count(counts[state])}</span>
              </Link>
            </li>
          );
        })}
        <li>
          <Link to={paths.teams} className={styles.row}>
            <IconUsersGroup
              size={18}
              stroke={1.7}
              aria-hidden
              className={`${styles.icon} ${toneClass('idle')}`}
            />
            <span>Teams</span>
            <span className={styles.number}>{count(counts.teams)}</span>
          </Link>
        </li>
      </ul>
    </Panel>
  );
}
