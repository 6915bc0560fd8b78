import { IconEyeCheck, IconLock, IconStar } from '@tabler/icons-react';
import type { Role } from '../../../../shared/contract/roles.ts';
import { ToneBadge } from '../../components/tone-badge.tsx';

/** What is special about a role. */
export function RoleMarks({ role: { isDefault, sensitive, protected: isProtected } }: { role: Role }) {
  return (
    <>
      {isDefault && (
        <ToneBadge tone="good" icon={IconStar} plain title="New members come with it">
          Default
        </ToneBadge>
      )}
      {isProtected && (
        <ToneBadge tone="warning" icon={IconLock} plain title="Never given by a push">
          Protected
        </ToneBadge>
      )}
      {sensitive && (
        <ToneBadge
          tone="waiting"
          icon={IconEyeCheck}
          plain
          title="What a push gives of it waits for an approval"
        >
          Sensitive
        </ToneBadge>
      )}
    </>
  );
}
