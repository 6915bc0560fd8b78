import { IconLifebuoy } from '@tabler/icons-react';
import type { Operator } from '../../../../shared/contract/operators.ts';
import { ReasonedButton } from '../../components/reasoned-button.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import styles from './operator-list.module.css';
import { type Me, PERMISSIONS, signsInAs, whyNotChange, whyNotRemove } from './permissions.ts';

/** Operators, a line each, with what I may do about them. */
export function OperatorList({
  operators,
  me,
  onChange,
  onRemove,
}: {
  operators: readonly Operator[];
  me: Me;
  onChange: (operator: Operator) => void;
  onRemove: (operator: Operator) => void;
}) {
  return (
    <ul className={styles.list}>
      {operators.map((operator) => {
        const { id, subject, name, permission, recovery, createdAt, createdBy } = operator;
        const { label, icon, meaning } = PERMISSIONS[permission];
        return (
          <li key={id} className={styles.operator}>
            <div className={styles.words}>
              <div className={styles.name}>
                {name}
                {subject === me.subject && <span className={styles.you}>you</span>}
              </div>
              <div className={styles.soft}>{signsInAs(operator)}</div>
              <div className={styles.badges}>
                <ToneBadge tone="idle" icon={icon} title={meaning}>
                  {label}
                </ToneBadge>
                {recovery && permission === 'owner' && (
                  <ToneBadge tone="good" icon={IconLifebuoy} title="Can sign in without SSO.">
                    Recovery
                  </ToneBadge>
                )}
              </div>
              <div className={styles.soft}>
                {createdBy === subject ? (
                  <>
                    Recorded <RelativeTime time={createdAt} />, for having the data directory
                  </>
                ) : (
                  <>
                    Added <RelativeTime time={createdAt} /> by {createdBy}
                  </>
                )}
              </div>
            </div>
            <div className={styles.actions}>
              <ReasonedButton
                variant="default"
                size="xs"
                reason={whyNotChange(me)}
                onClick={() => onChange(operator)}
                aria-label={`Change ${name}`}
              >
                Change…
              </ReasonedButton>
              <ReasonedButton
                variant="default"
                size="xs"
                reason={whyNotRemove(operator, operators, me)}
                onClick={() => onRemove(operator)}
                aria-label={`Remove ${name}`}
              >
                Remove…
              </ReasonedButton>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
