import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './choice-cards.module.css';

export interface Choice<V extends string> {
  value: V;
  label: string;
  /** What will happen, in plain words. */
  consequence?: ReactNode;
  icon?: TablerIcon;
}

/** One of a few choices, each with its consequence, as native radio buttons. */
export function ChoiceCards<V extends string>({
  legend,
  choices,
  value,
  onChange,
  columns = 1,
}: {
  legend: string;
  choices: readonly Choice<V>[];
  value: V | null;
  onChange: (value: V) => void;
  columns?: 1 | 2 | 'fit';
}) {
  const id = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.cards} data-columns={columns}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={styles.card}
            data-checked={choice.value === value || undefined}
          >
            <input
              type="radio"
              className={styles.radio}
              name={id}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              aria-labelledby={`${id}-${choice.value}`}
              aria-describedby={choice.consequence ? `${id}-${choice.value}-what` : undefined}
            />
            <span className={styles.words}>
              <span className={styles.label} id={`${id}-${choice.value}`}>
                {choice.label}
              </span>
              {choice.consequence && (
                <span className={styles.consequence} id={`${id}-${choice.value}-what`}>
                  {choice.consequence}
                </span>
              )}
            </span>
            {choice.icon && <choice.icon size={20} stroke={1.5} aria-hidden className={styles.icon} />}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
