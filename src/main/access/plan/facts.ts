import { foldCase } from '../../scim/fold-case.ts';
import { isJsonObject, type JsonValue } from '../../scim/json.ts';
import type { Attributes } from '../../scim/resource.ts';

/** What a member takes from the directory (M12). Text is as the IdP wrote it. */
export interface MemberFacts {
  userName: string;
  email: string | null;
  displayName: string;
  firstName: string | null;
  lastName: string | null;
  externalId: string | null;
  /** Values of `roles`, folded and in order. */
  roleValues: readonly string[];
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

/** What identifies somebody, whatever the attribute mapping says. */
export function identityFacts(
  attributes: Attributes,
): Pick<MemberFacts, 'userName' | 'externalId' | 'roleValues'> {
  return {
    userName: text(attributes.userName) ?? '',
    externalId: text(attributes.externalId),
    roleValues: roleValues(attributes.roles),
  };
}

/** The values of `roles`; some IdPs send plain strings (protocol reference, D4: read as values). */
function roleValues(roles: JsonValue | undefined): string[] {
  if (!Array.isArray(roles)) return [];
  const values = roles.flatMap((role) => text(isJsonObject(role) ? role.value : role) ?? []);
  return [...new Set(values.map(foldCase))].sort();
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
