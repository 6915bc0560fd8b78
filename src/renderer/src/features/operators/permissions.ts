import { IconEye, IconKey, IconShieldCheck, type TablerIcon } from '@tabler/icons-react';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { Operator, Permission } from '../../../../shared/contract/operators.ts';

export type Me = OutputOf<'operators.list'>['me'];

/** Permissions in the console's words, the most first. */
export const PERMISSIONS: Record<Permission, { label: string; icon: TablerIcon; meaning: string }> = {
  owner: {
    label: 'Owner',
    icon: IconKey,
    meaning: 'Everything, including who else may work here and as what.',
  },
  admin: {
    label: 'Admin',
    icon: IconShieldCheck,
    meaning: 'Everything about the organization and its people, but not operators.',
  },
  viewer: { label: 'Viewer', icon: IconEye, meaning: 'Sees every page and changes nothing.' },
};

/** How somebody signs in, in words. */
export function signsInAs({ subject, email }: Operator): string {
  return subject.startsWith('local:') ? `OS user ${subject.slice('local:'.length)}` : (email ?? subject);
}

/** An OS user has the data directory, and with it a way in that nobody can take away here. */
export function isOsUser({ subject }: Operator): boolean {
  return subject.startsWith('local:');
}

/** Who can change operators, by name. */
export function ownersOf(operators: readonly Operator[]): string[] {
  return operators.filter(({ permission }) => permission === 'owner').map(({ name }) => name);
}

/** Why I can't change operators; null when I can. The main process decides; this saves the attempt. */
export function whyNotChange(me: Me): string | null {
  if (me.permission === 'owner') return null;
  return `You are ${me.permission === 'admin' ? 'an admin' : 'a viewer'}. Only an owner can change operators.`;
}

/** Why this one has to stay an owner who can sign in without SSO; null when others can. */
export function whyStay(operator: Operator, operators: readonly Operator[]): string | null {
  const canRecover = operators.filter(({ permission, recovery }) => permission === 'owner' && recovery);
  if (canRecover.length !== 1 || canRecover[0]?.id !== operator.id) return null;
  return `${operator.name} is the last owner who can sign in without SSO. Make another owner a recovery operator first.`;
}

/** Why I can't remove this one; null when I can. */
export function whyNotRemove(operator: Operator, operators: readonly Operator[], me: Me): string | null {
  const reason = whyNotChange(me) ?? whyStay(operator, operators);
  if (reason !== null) return reason;
  return operator.subject === me.subject ? 'Nobody removes themselves. Another owner can do that.' : null;
}
