import { isJsonObject, type JsonObject, type JsonValue } from '../../scim/json.ts';
import type { Attributes } from '../../scim/resource.ts';
import { enterpriseUser } from '../../scim/schema/enterprise-user.ts';

/** What a member takes from the directory (M12). Text is as the IdP wrote it. */
export interface MemberFacts {
  userName: string;
  email: string | null;
  displayName: string;
  firstName: string | null;
  lastName: string | null;
  externalId: string | null;
}

/** What an employee record takes from the directory. */
export interface EmployeeFacts {
  displayName: string;
  employeeNumber: string | null;
  title: string | null;
  department: string | null;
  division: string | null;
  costCenter: string | null;
  organization: string | null;
  managerId: string | null;
}

/**
 * Maps a directory user to a member: userName → e-mail while it must be one (D11), otherwise the primary e-mail, if
 * there is one (D5).
 */
export function memberFacts(attributes: Attributes, userNameIsEmail: boolean): MemberFacts {
  const name = object(attributes.name);
  const firstName = text(name?.givenName);
  const lastName = text(name?.familyName);
  const userName = text(attributes.userName) ?? '';
  const full = [firstName, lastName].filter((part) => part !== null).join(' ');
  return {
    userName,
    email: userNameIsEmail ? userName : primaryEmail(attributes.emails),
    displayName: text(attributes.displayName) ?? (full === '' ? (text(name?.formatted) ?? userName) : full),
    firstName,
    lastName,
    externalId: text(attributes.externalId),
  };
}

/** Maps a directory user to an employee record, from the core `title` and the enterprise extension. */
export function employeeFacts(attributes: Attributes, member: MemberFacts): EmployeeFacts {
  const enterprise = object(attributes[enterpriseUser.id]);
  return {
    displayName: member.displayName,
    employeeNumber: text(enterprise?.employeeNumber),
    title: text(attributes.title),
    department: text(enterprise?.department),
    division: text(enterprise?.division),
    costCenter: text(enterprise?.costCenter),
    organization: text(enterprise?.organization),
    managerId: text(object(enterprise?.manager)?.value),
  };
}

/** Maps a directory group to the name of a team. */
export function teamName(attributes: Attributes): string {
  return text(attributes.displayName) ?? '';
}

function primaryEmail(emails: JsonValue | undefined): string | null {
  if (!Array.isArray(emails)) return null;
  const primary = emails.find((email) => isJsonObject(email) && email.primary === true);
  return text(object(primary)?.value);
}

function object(value: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
