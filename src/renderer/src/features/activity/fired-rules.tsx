import { IconAdjustments } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useProfile } from '../../api/queries/profiles.ts';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { paths } from '../../paths.ts';
import styles from './fired-rules.module.css';

/** The rules of the IdP profile that a request needed, each with what it does and who is known to need it. */
export function FiredRules({ names }: { names: readonly string[] }) {
  const profile = useProfile();
  return (
    <>
      <ul className={styles.rules}>
        {names.map((name) => {
          const rule = profile.data?.rules.find((each) => each.name === name);
          return (
            <li key={name}>
              <ToneBadge tone="waiting" icon={IconAdjustments} title={name}>
                {rule?.label ?? name}
              </ToneBadge>
              {rule && (
                <>
                  <p>{rule.description}</p>
                  <p className={styles.source}>Source: {rule.source}</p>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <Link to={paths.compatibility} className={styles.more}>
        All rules and their switches
      </Link>
    </>
  );
}
