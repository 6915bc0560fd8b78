/**
 * A SCIM server as one would explain it to somebody: everything in plain lists, each operation spelled out, nothing
 * shared with `src/`. Slow and obvious on purpose; what it says is what the real one must answer.
 */
import { isDeepStrictEqual } from 'node:util';
import { changeGroup, type GroupChange, type MemberInput, sameMembers, withAdded } from './group-changes.ts';
import {
  byValue,
  CORE_GROUP,
  CORE_USER,
  ENTERPRISE,
  type Held,
  type Person,
  Refused,
  sameText,
  type Team,
} from './types.ts';
import { changeUser, onePrimary, type UserChange, without } from './user-changes.ts';

/** The directory: resources in order of their creation. */
export class Model {
  users: Held<Person>[] = [];
  groups: Held<Team>[] = [];

  user(id: string): Held<Person> {
    const found = this.users.find((each) => each.id === id);
    if (!found) throw new Refused(404);
    return found;
  }

  group(id: string): Held<Team> {
    const found = this.groups.find((each) => each.id === id);
    if (!found) throw new Refused(404);
    return found;
  }

  refuseUserName(userName: string, exceptId?: string): void {
    if (this.users.some((each) => each.id !== exceptId && sameText(each.is.userName, userName)))
      throw new Refused(409, 'uniqueness');
  }

  refuseGroupName(displayName: string, exceptId?: string): void {
    if (this.groups.some((each) => each.id !== exceptId && sameText(each.is.displayName, displayName)))
      throw new Refused(409, 'uniqueness');
  }

  /** A resource that is gone is in no group any more; those groups have changed. */
  remove(id: string): void {
    this.users = this.users.filter((each) => each.id !== id);
    this.groups = this.groups.filter((each) => each.id !== id);
    for (const group of this.groups) {
      const left = group.is.members.filter(({ value }) => value !== id);
      if (left.length === group.is.members.length) continue;
      group.is.members = left;
      group.version += 1;
    }
  }

  createUser(id: string, person: Person): void {
    this.refuseUserName(person.userName);
    this.users.push({ id, version: 1, is: tidy({ ...person, active: person.active ?? true }) });
  }

  createGroup(id: string, displayName: string, externalId: string | undefined, members: MemberInput[]): void {
    this.refuseGroupName(displayName);
    const is = {
      displayName,
      ...(externalId !== undefined && { externalId }),
      members: withAdded([], members),
    };
    this.groups.push({ id, version: 1, is });
  }

  putUser(id: string, person: Person): void {
    const { active } = this.user(id).is;
    // Saying nothing about `active` neither opens nor closes a door.
    this.#setUser(id, person.active === undefined && active !== undefined ? { ...person, active } : person);
  }

  patchUser(id: string, changes: readonly UserChange[]): void {
    this.#setUser(id, changes.reduce(changeUser, this.user(id).is));
  }

  #setUser(id: string, person: Person): void {
    const user = this.user(id);
    const is = tidy(person);
    this.refuseUserName(is.userName, id);
    if (isDeepStrictEqual(is, user.is)) return;
    user.is = is;
    user.version += 1;
  }

  putGroup(id: string, displayName: string, given: readonly MemberInput[]): void {
    const members = withAdded([], given);
    this.#setGroup(id, { displayName, members }, !sameMembers(this.group(id).is.members, members));
  }

  patchGroup(id: string, changes: readonly GroupChange[]): void {
    let team = this.group(id).is;
    let moved = false;
    for (const change of changes) {
      const next = changeGroup(team, change);
      // Somebody who was let in and sent out again has still moved.
      moved ||= !sameMembers(team.members, next.members);
      team = next;
    }
    this.#setGroup(id, team, moved);
  }

  #setGroup(id: string, team: Team, moved: boolean): void {
    const group = this.group(id);
    this.refuseGroupName(team.displayName, id);
    const changed =
      moved || team.displayName !== group.is.displayName || team.externalId !== group.is.externalId;
    group.is = team;
    if (changed) group.version += 1;
  }

  groupsOf(id: string): Held<Team>[] {
    return this.groups.filter(({ is }) => is.members.some(({ value }) => value === id));
  }

  /** The user as the endpoint must show it, times left out. */
  showUser({ id, version, is }: Held<Person>, base: string): Record<string, unknown> {
    const enterprise = {
      ...(is.employeeNumber !== undefined && { employeeNumber: is.employeeNumber }),
      ...(is.department !== undefined && { department: is.department }),
      ...(is.manager !== undefined && {
        manager: { value: is.manager, $ref: `${base}/Users/${encodeURIComponent(is.manager)}` },
      }),
    };
    const name = {
      ...(is.givenName !== undefined && { givenName: is.givenName }),
      ...(is.familyName !== undefined && { familyName: is.familyName }),
    };
    const extended = Object.keys(enterprise).length > 0;
    return {
      schemas: extended ? [CORE_USER, ENTERPRISE] : [CORE_USER],
      id,
      userName: is.userName,
      ...(is.externalId !== undefined && { externalId: is.externalId }),
      ...(Object.keys(name).length > 0 && { name }),
      ...(is.displayName !== undefined && { displayName: is.displayName }),
      ...(is.title !== undefined && { title: is.title }),
      ...(is.active !== undefined && { active: is.active }),
      ...(is.emails !== undefined && is.emails.length > 0 && { emails: is.emails }),
      groups: byValue(
        this.groupsOf(id).map((group) => ({
          value: group.id,
          $ref: `${base}/Groups/${group.id}`,
          display: group.is.displayName,
          type: 'direct',
        })),
      ),
      ...(extended && { [ENTERPRISE]: enterprise }),
      meta: { resourceType: 'User', location: `${base}/Users/${id}`, version: `W/"${version}"` },
    };
  }

  showGroup({ id, version, is }: Held<Team>, base: string): Record<string, unknown> {
    return {
      schemas: [CORE_GROUP],
      id,
      displayName: is.displayName,
      ...(is.externalId !== undefined && { externalId: is.externalId }),
      members: byValue(
        is.members.map(({ value, display }) => {
          const type = this.groups.some((each) => each.id === value) ? 'Group' : 'User';
          return {
            value,
            $ref: `${base}/${type}s/${encodeURIComponent(value)}`,
            type,
            ...(display !== undefined && { display }),
          };
        }),
      ),
      meta: { resourceType: 'Group', location: `${base}/Groups/${id}`, version: `W/"${version}"` },
    };
  }
}

/** A person as it is kept: no empty list, one primary e-mail. */
function tidy(person: Person): Person {
  if (person.emails === undefined) return person;
  return person.emails.length === 0
    ? without(person, 'emails')
    : { ...person, emails: onePrimary(person.emails) };
}
