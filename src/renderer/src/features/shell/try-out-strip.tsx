import { IconFlask } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import styles from './try-out-strip.module.css';

/** Says on every page that the SSO connection is only there for trying Rollcall out. */
export function TryOutStrip() {
  return (
    <aside className={styles.strip} aria-label="Try-out">
      <IconFlask size={16} stroke={1.8} aria-hidden />
      <strong>Try-out SSO</strong>
      <span className={styles.text}>
        This connection stands in for a real one. Replace it before you rely on it.
      </span>
      <Link to={paths.identitySetup('sso')}>Replace</Link>
    </aside>
  );
}
