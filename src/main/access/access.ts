import { v7 as newId } from 'uuid';
import type { Audit } from '../audit/audit.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Attributes } from '../scim/resource.ts';
import type { EmployeeFacts, MemberFacts } from './plan/facts.ts';
import { type AccessChange, type AccessPolicy, type GroupSlice, plan, type UserSlice } from './plan/plan.ts';

/** The access plane's rows; implemented by the store. All of it runs inside the caller's transaction. */
export interface AccessStore {
  /** @param written what the caller just wrote, so that it isn't read again. */
  userSlice(userId: string, written?: Written): UserSlice;
  groupSlice(groupId: string, written?: Written): GroupSlice;
  createMember(member: {
    id: string;
    userId: string;
    state: string;
    suspendedFrom: string | null;
    reason: string;
    role: string;
    facts: MemberFacts;
    sortKey: string;
    searchKey: string;
    time: string;
  }): void;
  updateMember(
    id: string,
    facts: MemberFacts,
    keys: { sortKey: string; searchKey: string },
    time: string,
  ): void;
  setMemberState(
    id: string,
    change: { to: string; suspendedFrom: string | null; reason: string; time: string },
  ): void;
  linkMember(id: string, userId: string | null, time: string): void;
  createEmployee(id: string, memberId: string, facts: EmployeeFacts, time: string): void;
  updateEmployee(id: string, facts: EmployeeFacts): void;
  endEmployee(id: string, time: string): void;
  reopenEmployee(id: string, time: string): void;
  createTeam(team: {
    id: string;
    groupId: string;
    externalId: string | null;
    name: string;
    sortKey: string;
    time: string;
  }): void;
  renameTeam(id: string, name: string, sortKey: string, time: string): void;
  identifyTeam(id: string, externalId: string | null, time: string): void;
  removeTeam(id: string): void;
  /** Members that a push brought and that still count, for {@link Access.release}. */
  scimMembers(): { id: string; state: 'pending' | 'active' | 'suspended' | 'deactivated' }[];
  makeManual(id: string, time: string): void;
}

/** A user or group as it was just written. */
export interface Written {
  attributes: Attributes;
  /** Created just now, under an id that nobody has seen: nothing here can know it yet. */
  isNew: boolean;
}

export interface Access {
  /**
   * Brings the access plane in line with the directory plane for these users and groups. Runs in the transaction
   * of the write that touched them (D1).
   * @param written the only one that is touched, where the caller just wrote it.
   * @returns a sentence for each change, for the request's log row.
   */
  reconcile(
    touched: { users?: readonly string[]; groups?: readonly string[] },
    actor: string,
    written?: Written,
  ): string[];
  /** What becomes of the people when the SCIM configuration is deleted (D3). Returns how many changed. */
  release(people: 'keep' | 'manual' | 'suspend', actor: string): number;
}

/** The access plane: applies what `plan()` says, writes the audit trail, in one transaction with its cause. */
export function createAccess(deps: {
  store: AccessStore;
  audit: Audit;
  policy(): AccessPolicy;
  now(): Date;
}): Access {
  const { store, audit } = deps;

  function apply(change: AccessChange, actor: string): string {
    const time = deps.now().toISOString();
    switch (change.kind) {
      case 'member.create': {
        const id = newId();
        store.createMember({ ...change, id, ...searchKeys(change.facts), time });
        store.createEmployee(newId(), id, change.employee, time);
        audit.record(
          'member.created',
          id,
          { state: change.state, role: change.role, reason: change.reason },
          actor,
        );
        audit.record('employee.created', id, {}, actor);
        return `Member created: ${change.state}. ${change.reason}`;
      }
      case 'member.relink':
        store.linkMember(change.memberId, change.userId, time);
        return 'Member found again by externalId and linked.';
      case 'member.unlink':
        store.linkMember(change.memberId, null, time);
        return 'Member unlinked from the deleted user.';
      case 'member.update':
        store.updateMember(change.memberId, change.facts, searchKeys(change.facts), time);
        audit.record('member.updated', change.memberId, { changed: change.changed }, actor);
        return `Member updated: ${change.changed.join(', ')}.`;
      case 'member.state':
        store.setMemberState(change.memberId, { ...change, time });
        audit.record(
          'member.state-changed',
          change.memberId,
          { from: change.from, to: change.to, reason: change.reason },
          actor,
        );
        return `Member ${change.from} → ${change.to}. ${change.reason}`;
      case 'employee.update':
        store.updateEmployee(change.employeeId, change.facts);
        audit.record('employee.updated', change.employeeId, { changed: change.changed }, actor);
        return `Employee record updated: ${change.changed.join(', ')}.`;
      case 'employee.reopen':
        store.reopenEmployee(change.employeeId, time);
        audit.record('employee.updated', change.employeeId, { changed: ['status'] }, actor);
        return 'Employee record reopened.';
      case 'employee.end':
        store.endEmployee(change.employeeId, time);
        audit.record('employee.ended', change.employeeId, { reason: change.reason }, actor);
        return 'Employee record ended.';
      case 'team.create': {
        const id = newId();
        store.createTeam({ ...change, id, sortKey: foldCase(change.name), time });
        audit.record('team.created', id, { name: change.name }, actor);
        return `Team created: ${change.name}.`;
      }
      case 'team.rename':
        store.renameTeam(change.teamId, change.to, foldCase(change.to), time);
        audit.record('team.renamed', change.teamId, { from: change.from, to: change.to }, actor);
        return `Team renamed: ${change.from} → ${change.to}.`;
      case 'team.identify':
        store.identifyTeam(change.teamId, change.externalId, time);
        audit.record('team.updated', change.teamId, { changed: ['externalId'] }, actor);
        return 'Team updated: externalId.';
      case 'team.remove':
        store.removeTeam(change.teamId);
        audit.record('team.removed', change.teamId, { name: change.name }, actor);
        return `Team removed: ${change.name}.`;
    }
  }

  return {
    reconcile(touched, actor, written) {
      const policy = deps.policy();
      const carryOut = (slice: Parameters<typeof plan>[0]) =>
        plan(slice, policy).map((change) => apply(change, actor));
      // One after the other: somebody who is found again by externalId is no candidate for the next user.
      return [
        ...(touched.users ?? []).flatMap((id) =>
          carryOut({ users: [store.userSlice(id, written)], groups: [] }),
        ),
        ...(touched.groups ?? []).flatMap((id) =>
          carryOut({ users: [], groups: [store.groupSlice(id, written)] }),
        ),
      ];
    },

    release(people, actor) {
      if (people === 'keep') return 0;
      const time = deps.now().toISOString();
      const affected = store
        .scimMembers()
        .filter(({ state }) => people === 'manual' || state === 'active' || state === 'pending');
      for (const { id, state } of affected) {
        if (people === 'manual') {
          store.makeManual(id, time);
          audit.record('member.converted', id, { to: 'manual' }, actor);
          continue;
        }
        const reason = 'The SCIM configuration was deleted, and its members were suspended.';
        const suspendedFrom = state === 'pending' ? 'pending' : 'active';
        store.setMemberState(id, { to: 'suspended', suspendedFrom, reason, time });
        audit.record('member.state-changed', id, { from: state, to: 'suspended', reason }, actor);
      }
      return affected.length;
    },
  };
}

/** How members are ordered and found: by what a person would type, without case. */
function searchKeys(facts: MemberFacts): { sortKey: string; searchKey: string } {
  const { displayName, userName, email, firstName, lastName, externalId } = facts;
  const searchable = [displayName, firstName, lastName, userName, email, externalId].filter(
    (part) => part !== null,
  );
  return { sortKey: foldCase(displayName), searchKey: foldCase(searchable.join('\n')) };
}
