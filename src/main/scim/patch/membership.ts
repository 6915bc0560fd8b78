import type { ResolvedFilter } from '../filter/ast.ts';
import { isJsonObject, type JsonValue } from '../json.ts';
import { isReferenceList } from '../schema/definition.ts';
import { referenceOf } from '../schema/references.ts';
import type { PatchOperation } from './operation.ts';

export type Member = { readonly value: string; readonly display?: string; readonly type?: string };

export type MembershipChange =
  | { readonly kind: 'add'; readonly members: readonly Member[] }
  | { readonly kind: 'remove'; readonly values: readonly string[] }
  | { readonly kind: 'replace'; readonly members: readonly Member[] }
  | { readonly kind: 'clear' };

export type SplitOperations = {
  /** In order; or 'needs-members' when the stored members must be loaded and everything go through applyPatch. */
  readonly membership: readonly MembershipChange[] | 'needs-members';
  /** The operations on all other attributes. */
  readonly others: readonly PatchOperation[];
};

/**
 * Separates membership changes that need no look at the stored members from all other operations, so that adding one
 * member to a group of 100,000 touches one row (scim-for-keycloak #134).
 */
export function splitMembership(operations: readonly PatchOperation[]): SplitOperations {
  const changes = operations.filter(isMembership).map(membershipChange);
  const readable = changes.filter((change) => change !== undefined);
  return {
    membership: readable.length === changes.length ? readable : 'needs-members',
    others: operations.filter((operation) => !isMembership(operation)),
  };
}

function isMembership({ path }: PatchOperation): boolean {
  return isReferenceList(path.attribute);
}

function membershipChange({ op, path, filter, value }: PatchOperation): MembershipChange | undefined {
  if (path.subAttribute !== undefined) return undefined;
  if (filter !== undefined) {
    const values = op === 'remove' ? chosenReferences(filter) : undefined;
    return values && { kind: 'remove', values };
  }
  if (op === 'remove') {
    return value === undefined ? { kind: 'clear' } : { kind: 'remove', values: readMembers(value).map(idOf) };
  }
  return { kind: op, members: readMembers(value ?? []) };
}

const idOf = ({ value }: Member): string => value;

/** The ids that `value eq "a" or value eq "b"` chooses; undefined when the filter is anything else. */
function chosenReferences(filter: ResolvedFilter): string[] | undefined {
  if (filter.kind === 'compare') {
    const isReference = filter.operator === 'eq' && filter.path.subAttribute?.name === 'value';
    return isReference && typeof filter.value === 'string' ? [filter.value] : undefined;
  }
  if (filter.kind !== 'or') return undefined;
  const choices = filter.operands.map(chosenReferences);
  return choices.every((choice) => choice !== undefined) ? choices.flat() : undefined;
}

function readMembers(value: JsonValue): Member[] {
  return (Array.isArray(value) ? value : [value]).flatMap((element) => {
    const reference = referenceOf(element);
    if (reference === undefined || !isJsonObject(element)) return [];
    const { display, type } = element;
    return [
      {
        value: reference,
        ...(typeof display === 'string' ? { display } : {}),
        ...(typeof type === 'string' ? { type } : {}),
      },
    ];
  });
}
