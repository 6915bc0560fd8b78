import { Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Rule } from '../../../../shared/contract/profiles.ts';
import { useProfile } from '../../api/queries/profiles.ts';
import { Panel } from '../../components/panel.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { counted } from '../../format/number.ts';
import styles from './compatibility.module.css';
import { ProfilePanel } from './profile-panel.tsx';
import { RuleRow } from './rule-row.tsx';
import { TOPICS } from './rule-state.ts';
import { SwitchRuleDialog } from './switch-rule-dialog.tsx';

/** How the endpoint understands the IdP: the profile, and each rule that it is made of. */
export function CompatibilitySettings() {
  const profile = useProfile();
  const [asking, setAsking] = useState<{ rule: Rule; to: boolean | null } | null>(null);
  return (
    <QueryState
      query={profile}
      skeleton={
        <Stack gap="md">
          <Skeleton height={190} radius="lg" />
          <Skeleton height={420} radius="lg" />
        </Stack>
      }
      errorTitle="The IdP profile could not be loaded"
    >
      {(data) => (
        <>
          <ProfilePanel key={data.name} profile={data} />
          <Text size="sm">{summary(data.rules)}</Text>
          {TOPICS.map(({ topic, title }) => (
            <Panel key={topic} title={title}>
              <ul className={styles.rules}>
                {data.rules
                  .filter((rule) => rule.topic === topic)
                  .map((rule) => (
                    <RuleRow key={rule.name} rule={rule} onSwitch={(to) => setAsking({ rule, to })} />
                  ))}
              </ul>
            </Panel>
          ))}
          <SwitchRuleDialog asking={asking} onClose={() => setAsking(null)} />
        </>
      )}
    </QueryState>
  );
}

function summary(rules: readonly Rule[]): string {
  const needed = rules.filter(({ fired }) => fired > 0).length;
  const switched = rules.filter(({ on, onByProfile }) => on !== onByProfile).length;
  const sentences = [
    'A rule lets one known departure from the SCIM standard pass.',
    needed === 0
      ? 'No request has needed one so far.'
      : `Your IdP has needed ${needed} of these ${rules.length} so far.`,
    ...(switched === 0
      ? []
      : [`${counted(switched, 'rule')} ${switched === 1 ? 'is' : 'are'} switched by hand.`]),
  ];
  return sentences.join(' ');
}
