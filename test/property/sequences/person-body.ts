import { CORE_USER, ENTERPRISE, type Person } from './types.ts';

/** A person as a request body. */
export function personBody({
  givenName,
  familyName,
  department,
  employeeNumber,
  manager,
  ...core
}: Person): object {
  const name = givenName === undefined && familyName === undefined ? undefined : { givenName, familyName };
  const extended = department !== undefined || employeeNumber !== undefined || manager !== undefined;
  return {
    schemas: extended ? [CORE_USER, ENTERPRISE] : [CORE_USER],
    ...core,
    name,
    ...(extended && {
      [ENTERPRISE]: {
        department,
        employeeNumber,
        manager: manager === undefined ? undefined : { value: manager },
      },
    }),
  };
}
