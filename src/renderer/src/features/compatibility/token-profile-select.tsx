import { NativeSelect } from '@mantine/core';
import type { ProfileName } from '../../../../shared/contract/profiles.ts';
import { usePolicy } from '../../api/queries/policy.ts';
import { PROFILES, profileLabel } from './profiles.ts';

const ORGANIZATION = 'organization';

/** Chooses the IdP profile of a token: the organization's, or one of its own. */
export function TokenProfileSelect({
  value,
  onChange,
}: {
  value: ProfileName | null;
  onChange: (value: ProfileName | null) => void;
}) {
  const policy = usePolicy();
  const inUse = policy.data && profileLabel(policy.data.profile);
  return (
    <NativeSelect
      label="IdP profile"
      description={
        value === null
          ? 'Follows the organization’s, also when that changes.'
          : PROFILES.find((profile) => profile.value === value)?.effect
      }
      data={[
        { value: ORGANIZATION, label: inUse ? `The organization’s (${inUse})` : 'The organization’s' },
        ...PROFILES.map(({ value: name }) => ({ value: name, label: profileLabel(name) })),
      ]}
      value={value ?? ORGANIZATION}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === ORGANIZATION ? null : (currentTarget.value as ProfileName))
      }
    />
  );
}
