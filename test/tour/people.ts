const GIVEN =
  'Ada Amina Andrew Astrid Beatriz Chen Daniel Elena Farid Grace Hiroshi Ines Jonas Kofi Leila Mateo Nadia Oskar Priya Quentin Rosa Samuel Tomasz Ulrike Victor'.split(
    ' ',
  );
const FAMILY = 'Okafor Lindqvist Moreau Tanaka Fernández Kowalska Haddad Brandt Nguyen Sørensen'.split(' ');
const JOBS = [
  ['Engineering', 'Software engineer'],
  ['Sales', 'Account manager'],
  ['Finance', 'Controller'],
  ['People & Culture', 'Recruiter'],
  ['Customer support', 'Support specialist'],
] as const;

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** How many different people there are. */
export const PEOPLE = GIVEN.length * FAMILY.length;

/** The person of that number from 0, as an IdP would send them; every one of them reports to somebody before. */
export function person(number: number, managerId?: string) {
  const given = GIVEN[number % GIVEN.length] ?? '';
  const family = FAMILY[Math.floor(number / GIVEN.length) % FAMILY.length] ?? '';
  const [department, title] = JOBS[number % JOBS.length] ?? ['', ''];
  const userName = `${given}.${family}@acme.com`.normalize('NFD').replace(/\p{M}/gu, '').replace('ø', 'o');
  return {
    schemas: [USER, ENTERPRISE],
    userName: userName.toLowerCase(),
    externalId: `00u${String(number).padStart(5, '0')}`,
    displayName: `${given} ${family}`,
    name: { givenName: given, familyName: family },
    emails: [{ value: userName.toLowerCase(), type: 'work', primary: true }],
    active: true,
    title: number === 0 ? 'Chief executive' : number < 6 ? `Head of ${department}` : title,
    [ENTERPRISE]: {
      employeeNumber: String(1000 + number),
      department,
      ...(managerId !== undefined && { manager: { value: managerId } }),
    },
  };
}
