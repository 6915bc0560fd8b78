import type { ReactNode } from 'react';
import { useId } from 'react';
import { CopyButton } from './copy-button.tsx';
import styles from './copy-field.module.css';

/** A value to carry elsewhere: label, the value in full, and a copy button named "Copy …". */
export function CopyField({
  label,
  name,
  value,
  hint,
  secret = false,
}: {
  label: string;
  /** What is copied, for the button's name: "Copy {name}". */
  name: string;
  value: string;
  hint?: ReactNode;
  secret?: boolean;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <div className={styles.label} id={id}>
        {label}
        {hint && <span className={styles.hint}>{hint}</span>}
      </div>
      <div className={styles.row}>
        <output className={styles.value} aria-labelledby={id}>
          {value}
        </output>
        <CopyButton text={value} label={`Copy ${name}`} secret={secret} />
      </div>
    </div>
  );
}
