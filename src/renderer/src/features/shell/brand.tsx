import styles from './brand.module.css';

/** The mark, a register with one name ticked off, and the name. */
export function Brand() {
  return (
    <div className={styles.brand}>
      <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">
        <rect width="28" height="28" rx="7" className={styles.tile} />
        <path d="M12.5 8.5h9M12.5 14h9M12.5 19.5h9" className={styles.line} />
        <path d="M6 8.5h2M6 19.5h2" className={styles.line} />
        <path d="M5.4 14.2l1.7 1.8 3-3.7" className={styles.tick} />
      </svg>
      <span className={styles.name}>Rollcall</span>
    </div>
  );
}
