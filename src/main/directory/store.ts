import type { ResolvedFilter } from '../scim/filter/ast.ts';
import type { Member } from '../scim/patch/membership.ts';
import type { Attributes } from '../scim/resource.ts';
import type { SortKey } from '../scim/sort.ts';

/** A resource as the directory plane keeps it. A group's `members` are not in `attributes` but in a table of their own. */
export interface StoredResource {
  id: string;
  attributes: Attributes;
  /** Grows by one with each change. */
  version: number;
  /** RFC 3339, UTC, milliseconds. */
  created: string;
  lastModified: string;
}

/** A resource as text, made when it is written so that reading needs no JSON; see `answer.ts`. */
export interface RenderedText {
  text: string;
  /** What it was made by. Text of another form is of no use. */
  form: string;
}

/**
 * A stored resource as it is read for an answer: the rendered text, or the resource itself when its text is of another
 * form than the one asked for.
 */
export type AnswerRow = {
  /** Its place in the order of creation; never reused. */
  pk: number;
  id: string;
} & ({ text: string } | { resource: StoredResource });

/** Where a page begins: behind the resource with this row number, and this sort key when the page is sorted. */
export interface Place {
  pk: number;
  key?: SortKey;
}

/** By an attribute that {@link ResourceStore.sortColumn} knows; what is alike, by creation. */
export interface Order {
  column: string;
  descending: boolean;
}

/** The resources that fulfil a filter, as far as SQL can tell. */
export interface Selection {
  /** True when these are exactly those that match; otherwise some among them don't. */
  readonly exact: boolean;
  count(): number;
  /** At most `limit` rows: those behind a place, or after `offset` rows; by creation unless `order` is given. */
  rows(page: { from: Place | number; limit: number; order?: Order | undefined }): AnswerRow[];
  /** All of it in order of creation, in pieces, so that others get their turn in between. */
  pieces(after?: number): Iterable<AnswerRow[]>;
}

/** One resource type of the directory plane; implemented by the store. Writes run inside the caller's transaction. */
export interface ResourceStore {
  find(id: string): StoredResource | undefined;
  /** Whether another resource holds the unique attribute (userName, displayName), compared as SCIM compares it. */
  isTaken(attributes: Attributes, exceptId: string | undefined): boolean;
  insert(resource: StoredResource, rendered: RenderedText): void;
  /** @param before what is stored now. */
  update(before: StoredResource, after: StoredResource, rendered: RenderedText): void;
  remove(id: string): void;
  /** A resource for an answer, with its version and the name by which a person knows it. */
  answer(id: string, form: string): { row: AnswerRow; version: number; name: string } | undefined;
  /** The rows with these numbers, in this order; those that are gone are left out. */
  answers(pks: readonly number[], form: string): AnswerRow[];
  select(filter: ResolvedFilter | undefined, form: string): Selection;
  /** The smallest row number; undefined when there are no rows. */
  oldest(): number | undefined;
  /** The largest row number, 0 when there are no rows. */
  newest(): number;
  /** The column that is ordered as the attribute at this path (canonical key) sorts, if there is one. */
  sortColumn(key: string): string | undefined;
  /** What a row holds in such a column; undefined when it is unassigned. */
  sortValue(pk: number, column: string): SortKey;
}

export interface GroupName {
  id: string;
  displayName: string;
}

/** Who is in which group: rows, so that one change to a huge group touches one of them. */
export interface MembershipStore {
  members(groupId: string): Member[];
  /** The same with the type that each is shown with: what we know, else what was said, else a user. */
  typedMembers(groupId: string): Member[];
  /** Whether a group has more members than this; looks at no more than that. */
  hasMoreThan(groupId: string, count: number): boolean;
  /** Each returns whether anything changed. */
  add(groupId: string, members: readonly Member[]): boolean;
  remove(groupId: string, memberIds: readonly string[]): boolean;
  replace(groupId: string, members: readonly Member[]): boolean;
  /** The groups a resource is in, oldest first. */
  groupsOf(memberId: string): GroupName[];
  /** The same for many at once; those in no group are left out. */
  groupsOfAll(memberIds: readonly string[]): ReadonlyMap<string, readonly GroupName[]>;
  /** The type of a referenced id, where we know it. */
  typeOf(id: string): 'User' | 'Group' | undefined;
}

export interface DirectoryStore {
  users: ResourceStore;
  groups: ResourceStore;
  membership: MembershipStore;
}
