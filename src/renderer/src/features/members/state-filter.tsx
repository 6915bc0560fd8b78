import type { MemberState } from '../../../../shared/contract/people.ts';
import { MEMBER_STATE_ORDER, MEMBER_STATES } from '../../components/member-state.tsx';
import { toneClass } from '../../components/tone.ts';
import { useSearchParam } from '../../components/use-search-param.ts';
import { count } from '../../format/number.ts';
import styles from './state-filter.module.css';

/** Shows everybody or only those in one state, with how many there are in the whole organization. */
export function StateFilter({ counts }: { counts: Record<MemberState, number> | undefined }) {
  const [state, setState] = useSearchParam('state');
  const everybody = counts && MEMBER_STATE_ORDER.reduce((sum, one) => sum + counts[one], 0);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a box model that does not belong in a toolbar
    <div role="group" aria-label="State" className={styles.group}>
      <button
        type="button"
        className={styles.option}
        aria-pressed={state === null}
        onClick={() => setState(null)}
      >
        All <span className={styles.number}>{everybody === undefined ? '' : count(everybody)}</span>
      </button>
      {MEMBER_STATE_ORDER.map((one) => {
        const { label, icon: Icon, tone } = MEMBER_STATES[one];
        return (
          <button
            key={one}
            type="button"
            className={`${styles.option} ${toneClass(tone)}`}
            aria-pressed={state === one}
            onClick={() => setState(one)}
          >
            <Icon size={15} stroke={1.8} aria-hidden className={styles.icon} />
            {label} <span className={styles.number}>{counts ? count(counts[one]) : ''}</span>
          </button>
        );
      })}
    </div>
  );
}
