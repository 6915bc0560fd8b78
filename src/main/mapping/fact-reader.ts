import type { AttributeMapping, MappingTarget } from '../../shared/contract/mapping.ts';
import { identityFacts } from '../access/plan/facts.ts';
import type { FactReader } from '../access/plan/plan.ts';
import { readBoolean } from '../scim/boolean.ts';
import type { Attributes } from '../scim/resource.ts';
import { enterpriseUser } from '../scim/schema/enterprise-user.ts';
import type { Registry } from '../scim/schema/registry.ts';
import { compileSource, textOf } from './source.ts';

const ENTERPRISE = enterpriseUser.id;

/** The standard mapping (M12). @param userNameIsEmail D11: then `userName` is the e-mail. */
export function standardMapping(userNameIsEmail: boolean): Record<MappingTarget, readonly string[]> {
  return {
    email: [userNameIsEmail ? 'userName' : 'emails[primary eq true].value'],
    firstName: ['name.givenName'],
    lastName: ['name.familyName'],
    displayName: ['displayName', '{name.givenName} {name.familyName}', 'name.formatted', 'userName'],
    isActive: ['active'],
    employeeNumber: [`${ENTERPRISE}:employeeNumber`],
    title: ['title'],
    department: [`${ENTERPRISE}:department`],
    division: [`${ENTERPRISE}:division`],
    costCenter: [`${ENTERPRISE}:costCenter`],
    organization: [`${ENTERPRISE}:organization`],
    manager: [`${ENTERPRISE}:manager.value`],
    teamName: ['displayName'],
  };
}

/**
 * Compiles a mapping to what reads members, employee records and teams from resources.
 * @throws {AppError} `invalid-input` with the target as field, when a source can't be read
 */
export function compileMapping(
  mapping: AttributeMapping,
  userNameIsEmail: boolean,
  registry: Registry,
): FactReader {
  const wanted = { ...standardMapping(userNameIsEmail), ...mapping };
  const compiled = (target: MappingTarget) => {
    const type = target === 'teamName' ? registry.groupType : registry.userType;
    return wanted[target].map((source) => compileSource(source, type));
  };
  const reader = (target: MappingTarget) => {
    const sources = compiled(target);
    return (attributes: Attributes): string | null => {
      for (const read of sources) {
        const text = textOf(read(attributes));
        if (text !== undefined) return text;
      }
      return null;
    };
  };
  const email = reader('email');
  const firstName = reader('firstName');
  const lastName = reader('lastName');
  const displayName = reader('displayName');
  const employeeNumber = reader('employeeNumber');
  const title = reader('title');
  const department = reader('department');
  const division = reader('division');
  const costCenter = reader('costCenter');
  const organization = reader('organization');
  const managerId = reader('manager');
  const teamName = reader('teamName');
  const active = compiled('isActive');

  return {
    member(attributes) {
      const identity = identityFacts(attributes);
      return {
        ...identity,
        email: email(attributes),
        firstName: firstName(attributes),
        lastName: lastName(attributes),
        displayName: displayName(attributes) ?? identity.userName,
      };
    },
    employee: (attributes, member) => ({
      displayName: member.displayName,
      employeeNumber: employeeNumber(attributes),
      title: title(attributes),
      department: department(attributes),
      division: division(attributes),
      costCenter: costCenter(attributes),
      organization: organization(attributes),
      managerId: managerId(attributes),
    }),
    teamName: (attributes) => teamName(attributes) ?? '',
    isActive(attributes) {
      const value = active.map((read) => read(attributes)).find((each) => each !== undefined);
      return readBoolean(value ?? false) === true;
    },
  };
}
