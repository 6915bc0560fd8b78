import type { TargetRef } from './grants-store.ts';

/** Teams as people make them, and grants by hand; implemented by the store. Writes run inside the caller's transaction. */
export interface TeamStore {
  team(
    id: string,
  ):
    | { id: string; name: string; groupId: string | null; groupName: string | null; updatedAt: string }
    | undefined;
  /** One of this name, without case. */
  named(sortKey: string): { id: string; name: string } | undefined;
  insert(team: { id: string; name: string; sortKey: string; time: string }): void;
  rename(id: string, name: string, sortKey: string, time: string): void;
  /** With its mappings and the grants by hand. */
  remove(id: string): void;
  /** A grant by hand. */
  manualGrant(memberId: string, target: TargetRef): { id: string; by: string; at: string } | undefined;
  give(grant: {
    id: string;
    memberId: string;
    target: TargetRef;
    note: string | null;
    time: string;
    by: string;
  }): void;
  revoke(grantId: string): void;
  /** Another role template for somebody. */
  setTemplate(memberId: string, roleId: string, time: string): void;
}
