import type { Employee, Member, MemberState, Team } from '../../shared/contract/people.ts';

/** A page of a list: rows to skip and rows to return; lists are ordered by name without case, then id. */
export interface PageRequest {
  search?: string | undefined;
  offset: number;
  limit: number;
}

/** Reads of the access plane; implemented by the store. */
export interface PeopleStore {
  members(request: PageRequest & { state?: MemberState | undefined; teamId?: string | undefined }): {
    items: Member[];
    total: number;
  };
  member(id: string): { member: Member; employee: Employee | null; permissions: string[] } | undefined;
  counts(): Record<MemberState, number>;
  teams(request: PageRequest): { items: Team[]; total: number };
  team(id: string): Team | undefined;
  teamCount(): number;
}
