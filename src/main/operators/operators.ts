import { v7 as newId } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type { InputOf, OutputOf } from '../../shared/contract/index.ts';
import type { Operator } from '../../shared/contract/operators.ts';
import type { Audit, AuditDetail } from '../audit/audit.ts';
import type { Caller } from './caller.ts';
import { allows, isMore, notPermitted } from './permission.ts';

/** Operators as they are stored; implemented by the store. */
export interface OperatorStore {
  /** Owners first, then admins, then viewers; by name. */
  list(): Operator[];
  get(id: string): Operator | undefined;
  bySubject(subject: string): Operator | undefined;
  insert(operator: Operator): void;
  update(operator: Operator): void;
  remove(id: string): void;
  /** Owners who can sign in without SSO. */
  countRecoveryOwners(): number;
}

/**
 * Who may work with this install, and what they may do (M3, D7, D15). Changes are made as whoever is calling, each in
 * one transaction with its audit row.
 */
export interface Operators {
  /** Owners first, then admins, then viewers; by name. */
  list(): Operator[];
  /** Who is calling. An OS user whom nobody recorded yet is an owner (D15). */
  me(): OutputOf<'operators.list'>['me'];
  /** @throws {AppError} `not-permitted`, `conflict`, `invalid-input` */
  add(input: InputOf<'operators.add'>): Promise<Operator>;
  /** @throws {AppError} `not-permitted`, `not-found`, `last-owner`, `conflict`, `invalid-input` */
  set(input: InputOf<'operators.set'>): Promise<Operator>;
  /** @throws {AppError} `not-permitted`, `not-found`, `last-owner` */
  remove(id: string): Promise<Operator>;
  /** Records the OS user as an owner unless it is known; from inside a transaction. */
  recordLocalOwner(email: string | undefined): void;
  /** Makes the OS user an owner again: whoever can write the data directory is one (D15). For the command line only. */
  reclaim(): Promise<Operator>;
}

/** The prefix of an OS user's subject; such an operator signs in by having the data directory. */
const LOCAL = 'local:';

export function createOperators(deps: {
  store: OperatorStore;
  caller: Caller;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
}): Operators {
  const { store, caller, audit, write } = deps;

  /** Asked again inside the transaction, so that of two who change each other at once only one succeeds. */
  function requireOwner(): string {
    const subject = caller.actor();
    if (subject === caller.local) recordLocalOwner(undefined);
    const operator = store.bySubject(subject);
    if (!operator || !allows(operator.permission, 'own'))
      throw notPermitted(operator ?? { subject, permission: null }, 'own', store.list());
    return subject;
  }

  function existing(id: string): Operator {
    const operator = store.get(id);
    if (!operator) throw new AppError('not-found', 'There is no such operator any more.');
    return operator;
  }

  function keepARecoveryOwner({ name }: Operator): void {
    if (store.countRecoveryOwners() > 0) return;
    throw new AppError(
      'last-owner',
      `${name} is the last owner who can sign in without SSO. Make another owner a recovery operator first, so that nobody is locked out.`,
    );
  }

  function recordLocalOwner(email: string | undefined): void {
    const { local } = caller;
    const known = store.bySubject(local);
    if (known) {
      if (email === undefined || known.email !== null) return;
      store.update({ ...known, email });
      audit.record('operator.changed', local, { changed: ['email'] });
      return;
    }
    store.insert({
      id: newId(),
      subject: local,
      name: local.slice(LOCAL.length),
      email: email ?? null,
      permission: 'owner',
      recovery: true,
      createdAt: deps.now().toISOString(),
      createdBy: local,
    });
    audit.record('operator.added', local, {
      permission: 'owner',
      recovery: true,
      because: 'can write the data directory',
    });
  }

  function change(before: Operator, after: Operator, more: AuditDetail = {}): Operator {
    const changed = (['name', 'permission', 'recovery'] as const).filter((key) => before[key] !== after[key]);
    if (changed.length === 0) return before;
    store.update(after);
    audit.record('operator.changed', after.subject, {
      changed,
      ...(before.permission !== after.permission && { from: before.permission, to: after.permission }),
      ...(before.recovery !== after.recovery && { recovery: after.recovery }),
      ...more,
    });
    return after;
  }

  return {
    list: store.list,
    me() {
      const subject = caller.actor();
      const { name, permission } = store.bySubject(subject) ?? {
        name: subject.slice(LOCAL.length),
        permission: 'owner' as const,
      };
      return { subject, name, permission };
    },

    add: ({ name, email, permission, recovery = false }) =>
      write(() => {
        const createdBy = requireOwner();
        const subject = `sso:${email.toLowerCase()}`;
        const taken = store.bySubject(subject);
        if (taken) {
          throw new AppError('conflict', `${taken.email} is an operator already, ${taken.name}.`, {
            field: 'email',
          });
        }
        const operator: Operator = {
          id: newId(),
          subject,
          name,
          email,
          permission,
          recovery,
          createdAt: deps.now().toISOString(),
          createdBy,
        };
        checkRecovery(operator);
        store.insert(operator);
        audit.record('operator.added', subject, { permission, recovery });
        return operator;
      }),

    set: ({ id, name, permission, recovery }) =>
      write(() => {
        const actor = requireOwner();
        const before = existing(id);
        const isLocal = before.subject.startsWith(LOCAL);
        const after: Operator = {
          ...before,
          name: name ?? before.name,
          permission: permission ?? before.permission,
          recovery: recovery ?? before.recovery,
        };
        // It goes with the ownership that it belongs to, unless it comes with the data directory.
        if (after.permission !== 'owner' && !isLocal && recovery === undefined) after.recovery = false;
        if (isLocal && !after.recovery) {
          throw new AppError(
            'conflict',
            `${before.subject} signs in by having the data directory, with or without SSO. Only the operating system can take that away.`,
            { field: 'recovery' },
          );
        }
        checkRecovery(after);
        const isRaised = isMore(after.permission, before.permission) || (after.recovery && !before.recovery);
        if (isRaised && before.subject === actor)
          throw new AppError('not-permitted', 'Nobody raises themselves. Another owner can do that.');
        const changed = change(before, after);
        keepARecoveryOwner(before);
        return changed;
      }),

    remove: (id) =>
      write(() => {
        const actor = requireOwner();
        const operator = existing(id);
        store.remove(id);
        keepARecoveryOwner(operator);
        if (operator.subject === actor)
          throw new AppError('not-permitted', 'Nobody removes themselves. Another owner can do that.');
        audit.record('operator.removed', operator.subject, {
          permission: operator.permission,
          recovery: operator.recovery,
        });
        return operator;
      }),

    recordLocalOwner,

    reclaim: () =>
      write(() => {
        recordLocalOwner(undefined);
        const known = store.bySubject(caller.local);
        if (!known) throw new AppError('not-found', `${caller.local} is not recorded.`);
        return change(
          known,
          { ...known, permission: 'owner', recovery: true },
          { because: 'can write the data directory' },
        );
      }),
  };
}

function checkRecovery({ subject, permission, recovery }: Operator): void {
  if (!recovery || permission === 'owner' || subject.startsWith(LOCAL)) return;
  throw new AppError('invalid-input', 'Only an owner can be a recovery operator.', { field: 'recovery' });
}
