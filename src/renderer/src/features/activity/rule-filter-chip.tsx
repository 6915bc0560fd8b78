import { Button } from '@mantine/core';
import { IconAdjustments, IconX } from '@tabler/icons-react';
import { useProfile } from '../../api/queries/profiles.ts';
import { useSearchParam } from '../../components/use-search-param.ts';

/** Says that only requests are shown on which one rule fired, and takes that back. */
export function RuleFilterChip() {
  const [rule, setRule] = useSearchParam('rule');
  const profile = useProfile();
  if (!rule) return null;

  const label = profile.data?.rules.find(({ name }) => name === rule)?.label ?? rule;
  return (
    <Button
      variant="light"
      size="xs"
      leftSection={<IconAdjustments size={15} aria-hidden />}
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={`Show all requests instead of only those that needed “${label}”`}
      onClick={() => setRule(null)}
    >
      {label}
    </Button>
  );
}
