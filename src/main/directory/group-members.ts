import { isJsonObject, type JsonValue } from '../scim/json.ts';
import type { Member } from '../scim/patch/membership.ts';
import type { Attributes } from '../scim/resource.ts';

/** The members that a group's attributes name, as they are stored. */
export function membersOf(attributes: Attributes): Member[] {
  const { members } = attributes;
  if (!Array.isArray(members)) return [];
  return members.flatMap((element): Member[] => {
    if (!isJsonObject(element) || typeof element.value !== 'string') return [];
    const { value, display, type } = element;
    return [
      toStoredMember({
        value,
        ...(typeof display === 'string' && { display }),
        ...(typeof type === 'string' && { type }),
      }),
    ];
  });
}

/** A member as it is stored: a user is what a member is taken for anyway, and a type that nobody knows says nothing. */
export function toStoredMember({ type, ...member }: Member): Member {
  return type === 'Group' ? { ...member, type } : member;
}

/** A group's attributes without its members, as the resource table keeps them. */
export function withoutMembers(attributes: Attributes): Attributes {
  const { members: _, ...others } = attributes;
  return others;
}

/** A group's attributes with its members, as the SCIM core sees them. Unassigned when there are none. */
export function withMembers(attributes: Attributes, members: readonly Member[]): Attributes {
  if (members.length === 0) return attributes;
  return { ...attributes, members: members.map((member): JsonValue => ({ ...member })) };
}
