import { AppError } from '../../shared/app-error.ts';
import type { Need } from '../../shared/contract/define.ts';
import type { Operator, Permission } from '../../shared/contract/operators.ts';
import type { Admit } from '../rpc/implement.ts';
import type { Caller } from './caller.ts';

const NEEDS: readonly Need[] = ['view', 'edit', 'own'];
const PERMISSIONS: readonly Permission[] = ['viewer', 'admin', 'owner'];

/** What each need asks for, as the end of a sentence. */
const ASKS_FOR: Record<Need, string> = {
  view: 'Looking takes an operator.',
  edit: 'Changing anything takes an admin or an owner.',
  own: 'This takes an owner.',
};

/** How many owners a refusal names. */
const NAMED = 3;

/** Whether a permission is enough. A need that nobody declared is never met. */
export function allows(permission: Permission, needs: Need): boolean {
  return NEEDS.includes(needs) && PERMISSIONS.indexOf(permission) >= NEEDS.indexOf(needs);
}

/** Whether the first permission is more than the second. */
export function isMore(one: Permission, other: Permission): boolean {
  return PERMISSIONS.indexOf(one) > PERMISSIONS.indexOf(other);
}

/** The refusal of somebody who may not: what is needed, and who can give it. */
export function notPermitted(
  who: Operator | { subject: string; permission: null },
  needs: Need,
  operators: readonly Operator[],
): AppError {
  const owners = operators.filter(({ permission }) => permission === 'owner').map(({ name }) => name);
  const named =
    owners.length > NAMED
      ? [...owners.slice(0, NAMED), `${owners.length - NAMED} more`].join(', ')
      : owners.join(', ');
  const standing =
    who.permission === null
      ? `${who.subject} is no operator here.`
      : `${who.name} is ${who.permission === 'viewer' ? 'a viewer' : 'an admin'}.`;
  const giver = `An owner${named && ` (${named})`} can give that under Settings → Operators.`;
  return new AppError('not-permitted', `${standing} ${ASKS_FOR[needs]} ${giver}`);
}

/**
 * The gate before every call: what the caller may do is read from SQLite each time, so that another process's change
 * holds at once. An OS user whom nobody knows is an owner, since whoever can write the data directory is (D15); the
 * first change that such a user makes records it.
 */
export function createAdmit(deps: {
  store: { bySubject(subject: string): Operator | undefined; list(): Operator[] };
  caller: Caller;
  /** Before there is an organization there is nobody to record: its creation records the first owner. */
  isSetUp(): boolean;
  recordLocalOwner(): Promise<void>;
}): Admit {
  const { store, caller } = deps;
  return async (needs, actor, work) => {
    const subject = actor ?? caller.local;
    const known = store.bySubject(subject);
    if (known) {
      if (!allows(known.permission, needs)) throw notPermitted(known, needs, store.list());
    } else if (subject !== caller.local) {
      throw notPermitted({ subject, permission: null }, needs, store.list());
    } else if (needs !== 'view' && deps.isSetUp()) {
      await deps.recordLocalOwner();
    }
    return caller.as(subject, work);
  };
}
