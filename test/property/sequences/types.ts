export interface Email {
  value?: string;
  type?: string;
  primary?: boolean;
}

/** What an IdP asserts about a person; a missing member is unassigned. */
export interface Person {
  userName: string;
  displayName?: string;
  title?: string;
  externalId?: string;
  active?: boolean;
  givenName?: string;
  familyName?: string;
  emails?: Email[];
  department?: string;
  employeeNumber?: string;
  manager?: string;
}

export interface Team {
  displayName: string;
  externalId?: string;
  /** Member ids in no particular order, each with the name that the IdP gave it. */
  members: { value: string; display?: string }[];
}

/** A resource with what the server adds. */
export interface Held<Kind> {
  id: string;
  version: number;
  is: Kind;
}

export class Refused extends Error {
  readonly status: number;
  readonly scimType: string | undefined;
  constructor(status: number, scimType?: string) {
    super(`${status} ${scimType ?? ''}`);
    this.status = status;
    this.scimType = scimType;
  }
}

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export function sameText(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && fold(a) === fold(b);
}

export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Members and groups have no order; to compare them they get one. */
export function byValue<Element extends { value: string }>(elements: Element[]): Element[] {
  return [...elements].sort((a, b) => (a.value < b.value ? -1 : 1));
}
