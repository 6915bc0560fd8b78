import { Text } from '@mantine/core';
import type { Rule } from '../../../../shared/contract/profiles.ts';
import { useSwitchRule } from '../../api/queries/profiles.ts';
import { Callout } from '../../components/callout.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { counted } from '../../format/number.ts';
import { neededBy } from './rule-state.ts';

/** Says what switching a rule will do, by what it did so far, and then does it. */
export function SwitchRuleDialog({
  asking,
  onClose,
}: {
  /** The rule, and what it is to be; null for what the profile says. */
  asking: { rule: Rule; to: boolean | null } | null;
  onClose: () => void;
}) {
  const change = useSwitchRule();
  if (asking === null) return null;
  const { rule, to } = asking;
  const turnsOn = to ?? rule.onByProfile;
  const verb = turnsOn ? 'Switch on' : 'Switch off';

  function close(): void {
    change.reset();
    onClose();
  }

  return (
    <ConfirmDialog
      opened
      title={`${verb} “${rule.label}”?`}
      confirmLabel={verb}
      danger={!turnsOn && rule.fired > 0}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ rule: rule.name, on: to }, { onSuccess: close })}
      onClose={close}
    >
      <Text size="sm">From the next request on: {turnsOn ? rule.description : rule.whenOff}</Text>
      {!turnsOn && rule.lastFiredAt !== null && (
        <Callout tone="warning" title={`${counted(rule.fired, 'request')} needed it so far`}>
          From {neededBy(rule)}, the last one <RelativeTime time={rule.lastFiredAt} />. Expect the same again.
        </Callout>
      )}
      <Text size="sm" c="dimmed">
        {to === null
          ? 'The IdP profile decides about this rule again.'
          : 'This holds for every token and stays when you choose another profile.'}
      </Text>
    </ConfirmDialog>
  );
}
