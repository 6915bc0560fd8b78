import { Button, Switch } from '@mantine/core';
import { useId } from 'react';
import { Link } from 'react-router';
import type { Rule } from '../../../../shared/contract/profiles.ts';
import { RelativeTime } from '../../components/relative-time.tsx';
import { ToneBadge } from '../../components/tone-badge.tsx';
import { counted } from '../../format/number.ts';
import { paths } from '../../paths.ts';
import styles from './compatibility.module.css';
import { neededBy, ruleState } from './rule-state.ts';

/** One rule: its switch, what it does, who needs it and how often it was needed here. */
export function RuleRow({ rule, onSwitch }: { rule: Rule; onSwitch: (to: boolean | null) => void }) {
  const id = useId();
  const { name, label, description, whenOff, source, on, onByProfile, fixed } = rule;
  const state = ruleState(rule);
  return (
    <li className={styles.rule}>
      <Switch
        checked={on}
        disabled={fixed !== null}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
        aria-label={label}
        aria-describedby={id}
      />
      <div className={styles.about}>
        <p className={styles.label}>
          <span>{label}</span>
          <code>{name}</code>
          {state && (
            <ToneBadge tone={state.tone} title={state.meaning}>
              {state.label}
            </ToneBadge>
          )}
        </p>
        <p id={id}>{on ? description : whenOff}</p>
        {fixed !== null && <p>{fixed}</p>}
        <p className={styles.source}>Source: {source}</p>
        {on !== onByProfile && (
          <Button variant="default" size="compact-xs" mt={4} onClick={() => onSwitch(null)}>
            Back to the profile’s default
          </Button>
        )}
      </div>
      <Uses rule={rule} />
    </li>
  );
}

function Uses({ rule }: { rule: Rule }) {
  if (rule.lastFiredAt === null) return <div className={styles.uses}>Not needed yet</div>;
  return (
    <div className={styles.uses}>
      <Link to={paths.activity({ rule: rule.name })} title="Show these requests">
        {counted(rule.fired, 'request')}
      </Link>
      <div>
        <RelativeTime time={rule.lastFiredAt} />
      </div>
      <div>{neededBy(rule)}</div>
    </div>
  );
}
