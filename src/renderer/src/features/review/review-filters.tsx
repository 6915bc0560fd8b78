import { Select } from '@mantine/core';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { toneClass } from '../../components/tone.ts';
import { useSearchParam } from '../../components/use-search-param.ts';
import { count } from '../../format/number.ts';
import styles from '../members/state-filter.module.css';
import { RULE_ORDER, RULES } from './rules.ts';

type Counts = OutputOf<'review.counts'>;

/** Shows everything or only what waits because of one rule, with how many that are in the whole organization. */
export function RuleFilter({ counts }: { counts: Counts | undefined }) {
  const [rule, setRule] = useSearchParam('rule');
  const shown = RULE_ORDER.filter((one) => one === rule || (counts?.rules[one] ?? 0) > 0);
  if (shown.length === 0) return null;

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a box model that does not belong in a toolbar
    <div role="group" aria-label="Rule" className={styles.group}>
      <button
        type="button"
        className={styles.option}
        aria-pressed={rule === null}
        onClick={() => setRule(null)}
      >
        All <span className={styles.number}>{counts ? count(counts.waiting) : ''}</span>
      </button>
      {shown.map((one) => {
        const { label, icon: Icon, tone, meaning } = RULES[one];
        return (
          <button
            key={one}
            type="button"
            className={`${styles.option} ${toneClass(tone)}`}
            aria-pressed={rule === one}
            title={meaning}
            onClick={() => setRule(one)}
          >
            <Icon size={15} stroke={1.8} aria-hidden className={styles.icon} />
            {label} <span className={styles.number}>{counts ? count(counts.rules[one]) : ''}</span>
          </button>
        );
      })}
    </div>
  );
}

/** Shows only those with an e-mail address of one domain. */
export function DomainFilter({ counts }: { counts: Counts | undefined }) {
  const [domain, setDomain] = useSearchParam('domain');
  const domains = counts?.domains ?? [];
  if (domains.length < 2 && !domain) return null;
  const known =
    domain && !domains.some((one) => one.domain === domain) ? [{ value: domain, label: domain }] : [];
  return (
    <Select
      aria-label="Domain"
      placeholder="Any domain"
      size="xs"
      w={210}
      searchable
      clearable
      value={domain}
      onChange={setDomain}
      data={[
        ...known,
        ...domains.map((one) => ({ value: one.domain, label: `${one.domain} (${count(one.count)})` })),
      ]}
    />
  );
}
