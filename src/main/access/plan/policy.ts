import type { Attributes } from '../../scim/resource.ts';
import type { EmployeeFacts, MemberFacts } from './facts.ts';

/** What becomes of somebody whom the IdP takes out: `commands.md`, `deprovision.*`. */
export type DeprovisionMode = 'suspend' | 'suspend-then-deactivate' | 'deactivate';

/** Reads what a member, an employee record and a team take from a resource: the attribute mapping (M12). */
export interface FactReader {
  member(attributes: Attributes): MemberFacts;
  employee(attributes: Attributes, member: MemberFacts): EmployeeFacts;
  teamName(attributes: Attributes): string;
  /** Unassigned is not active: access is what an IdP grants, not what it forgot to take away (docs/decisions/0006). */
  isActive(attributes: Attributes): boolean;
}

/** The part of the policy that decides about people, and the moment of the decision. */
export interface AccessPolicy {
  facts: FactReader;
  activation: 'auto' | 'review';
  /** Domains, folded, whose people need no review; empty: every domain. */
  trustedDomains: readonly string[];
  defaultRole: string;
  onInactive: DeprovisionMode;
  onDelete: DeprovisionMode;
  /** For `suspend-then-deactivate`. */
  afterDays: number;
  retentionDays: number;
  /** Whether values of the resource's `roles` are taken over. */
  syncRoles: boolean;
  /** The guard is tripped and nobody decided yet: the irreversible part of every cut is held (D14). */
  holding: boolean;
  /** ISO instant. Dates that are not later have come. */
  now: string;
}
