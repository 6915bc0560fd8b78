import type { Audit } from '../audit/audit.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { ConflictStore } from './conflict-store.ts';
import type { Deprovisioning } from './deprovisioning.ts';
import { ADMISSION_REASONS } from './plan/admission.ts';
import type { EmployeeFacts, MemberFacts } from './plan/facts.ts';
import type { AccessChange, Rival } from './plan/plan.ts';
import type { AccessStore, SearchKeys } from './store.ts';

/** The mail that people get, queued in the same transaction as what it tells of. */
export interface Letters {
  /** Somebody becomes active for the first time. */
  welcome(memberId: string, email: string | null): void;
  /** Somebody is deleted here: no address may stay. */
  forget(memberId: string): void;
}

/** In whose name, when, and out of which groups the directory has just taken the person. */
export interface ChangeContext {
  actor: string;
  time: string;
  formerGroups: readonly string[];
}

/** Carries out single changes and writes the audit trail of each. */
export interface Application {
  /** @returns the change as a sentence. */
  apply(change: AccessChange, context: ChangeContext): string;
}

/** Applies changes on the store, inside the caller's transaction. */
export function createApplication(deps: {
  store: AccessStore;
  deprovisioning: Deprovisioning;
  conflicts: Pick<ConflictStore, 'openOf' | 'close'>;
  audit: Audit;
  letters: Letters;
  newId(): string;
}): Application {
  const { store, deprovisioning, audit, newId } = deps;

  function openConflicts(memberId: string, rivals: readonly Rival[], { time, actor }: ChangeContext): void {
    for (const rival of rivals) {
      const { kind, memberId: otherId, value } = rival;
      const id = newId();
      store.openConflict({ id, kind, memberId, otherId, value, time });
      audit.record('conflict.opened', memberId, { conflict: id, kind, other: otherId }, actor);
    }
  }

  function apply(change: AccessChange, context: ChangeContext): string {
    const { actor, time } = context;
    switch (change.kind) {
      case 'member.create': {
        const id = newId();
        const { to, role, reason, facts, rivals } = change;
        store.createMember({ ...change, id, ...memberKeys(facts), time });
        store.createEmployee(newId(), id, change.employee, employeeKeys(change.employee), time);
        audit.record('member.created', id, { state: to, role, reason }, actor);
        audit.record('employee.created', id, {}, actor);
        openConflicts(id, rivals, context);
        if (to === 'active') deps.letters.welcome(id, facts.email);
        return `Member created: ${to}. ${reason}`;
      }
      case 'member.relink':
        store.linkMember(change.memberId, change.userId, time);
        return 'Member found again by externalId and linked.';
      case 'member.unlink':
        store.linkMember(change.memberId, null, time);
        return 'Member unlinked from the deleted user.';
      case 'member.update': {
        const { memberId, facts, changed } = change;
        store.updateMember(memberId, facts, memberKeys(facts), time, change.edited);
        audit.record(isEdit(change) ? 'member.edited' : 'member.updated', memberId, { changed }, actor);
        return `Member updated: ${changed.join(', ')}.`;
      }
      case 'member.state': {
        const { memberId, from, cause } = change;
        // Whatever ends here, a conflict that nobody decided keeps the access away (D5).
        const isContested = change.to === 'active' && deps.conflicts.openOf(memberId).length > 0;
        const to = isContested ? 'pending' : change.to;
        const reason = isContested ? ADMISSION_REASONS.conflict : change.reason;
        if (change.isCut && cause !== null) deprovisioning.cut({ ...change, cause }, context);
        else if (from === 'active' && to !== 'active') deprovisioning.revokeSessions(memberId, time);
        const isFirst = to === 'active' && !store.wasEverActive(memberId);
        store.setMemberState(memberId, { ...change, to, reason, time });
        if (change.isCut) deprovisioning.afterCut(memberId, time);
        else if (to === 'active' || to === 'pending') deprovisioning.returned(memberId, context);
        audit.record('member.state-changed', memberId, { from, to, reason }, actor);
        if (isFirst) deps.letters.welcome(memberId, store.memberSlice(memberId)?.member.email ?? null);
        return `Member ${from} → ${to}. ${reason}`;
      }
      case 'member.cut': {
        const sessions = deprovisioning.revokeSessions(change.memberId, time);
        store.setCut(change.memberId, time, time);
        audit.record('member.access-cut', change.memberId, { reason: change.reason, sessions }, actor);
        return `Access cut at once. ${change.reason}`;
      }
      case 'member.uncut':
        store.setCut(change.memberId, null, time);
        audit.record('member.access-restored', change.memberId, {}, actor);
        return 'Access restored: the IdP took its assertion back before it was applied.';
      case 'member.recall-ended':
        store.endRecall(change.memberId, time);
        audit.record('member.recall-ended', change.memberId, {}, actor);
        return 'The recall ended: the IdP asserts something else now.';
      case 'member.delete':
        deprovisioning.returned(change.memberId, context);
        store.buryMember(change.memberId, change.reason, time);
        deps.letters.forget(change.memberId);
        audit.record('member.deleted', change.memberId, { reason: change.reason }, actor);
        return `Member deleted. ${change.reason}`;
      case 'conflict.open':
        openConflicts(change.memberId, change.rivals, context);
        return 'Conflict opened: somebody else here has the same e-mail or externalId.';
      case 'conflict.gone': {
        const { id, kind, otherId } = change.conflict;
        deps.conflicts.close(id, { state: 'gone', note: null, by: actor, time });
        audit.record('conflict.gone', change.memberId, { conflict: id, kind, other: otherId }, actor);
        return 'Conflict closed: the two no longer hold the same.';
      }
      case 'member.resume-as':
        store.resumeAs(change.memberId, change.suspendedFrom, time);
        return `The end of the suspension leads to: ${change.suspendedFrom}.`;
      case 'employee.update':
        store.updateEmployee(change.employeeId, change.facts, employeeKeys(change.facts), change.edited);
        audit.record(
          isEdit(change) ? 'member.edited' : 'employee.updated',
          change.memberId,
          { changed: change.changed },
          actor,
        );
        return `Employee record updated: ${change.changed.join(', ')}.`;
      case 'employee.reopen':
        store.reopenEmployee(change.employeeId, time);
        audit.record('employee.updated', change.memberId, { changed: ['status'] }, actor);
        return 'Employee record reopened.';
      case 'employee.end':
        store.endEmployee(change.employeeId, actor, change.reason, time);
        audit.record('employee.ended', change.memberId, { reason: change.reason }, actor);
        return 'Employee record ended.';
      case 'team.create': {
        const id = newId();
        store.createTeam({ ...change, id, sortKey: foldCase(change.name), time, actor });
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
      case 'team.release':
        store.releaseTeam(change.teamId, time);
        audit.record('team.released', change.teamId, { name: change.name }, actor);
        return `Team kept for the people who were added by hand: ${change.name}.`;
      case 'group.membership': {
        store.applyMembership(change.groupId);
        const { joined, left } = change;
        audit.record(
          'team.membership-applied',
          change.groupId,
          { joined: joined.length, left: left.length },
          actor,
        );
        return `Membership applied: ${joined.length} joined, ${left.length} left.`;
      }
    }
  }

  return { apply };
}

function isEdit({ because }: AccessChange): boolean {
  return 'decision' in because && because.decision === 'edit';
}

/** How members are ordered and found. */
function memberKeys(facts: MemberFacts): SearchKeys {
  const { displayName, userName, email, firstName, lastName, externalId } = facts;
  return keys(displayName, [firstName, lastName, userName, email, externalId]);
}

/** How employee records are ordered and found. */
function employeeKeys(facts: EmployeeFacts): SearchKeys {
  const { displayName, employeeNumber, title, department, division, costCenter } = facts;
  return keys(displayName, [employeeNumber, title, department, division, costCenter]);
}

function keys(name: string, more: readonly (string | null)[]): SearchKeys {
  const searchable = [name, ...more].filter((part) => part !== null);
  return { sortKey: foldCase(name), searchKey: foldCase(searchable.join('\n')) };
}
