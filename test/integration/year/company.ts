import { createRandom, type Random } from './random.ts';

/** Somebody at the company, as its HR knows them. Nothing of Rollcall is in here. */
export interface Person {
  /** The IdP's immutable id. */
  externalId: string;
  email: string;
  givenName: string;
  familyName: string;
  department: string;
  groups: Set<string>;
  /** `employed` and `left` are what the IdP asserts as active; `gone` is deleted there. */
  standing: 'employed' | 'left' | 'gone';
  /** The SCIM id that the server gave; another one after a rehire. */
  id: string;
  leftOn: Date | null;
}

/** The whole company and the names of its groups by id. */
export interface Company {
  people: Person[];
  groups: Map<string, { id: string; displayName: string }>;
  random: Random;
}

const GIVEN = [
  'Ann',
  'Bob',
  'Chloé',
  'Dmitri',
  'Émile',
  'Fatima',
  'Gül',
  'Håkon',
  'Ines',
  'Jürgen',
  'Kim',
  'Łucja',
];
const FAMILY = [
  'Ash',
  'Berg',
  'Çelik',
  'Dahl',
  'Eriksen',
  'Fröhlich',
  'García',
  'Haas',
  'Ivanov',
  'Jones',
  'Kaya',
];
export const DEPARTMENTS = ['Sales', 'Engineering', 'Support', 'Finance', 'Legal', 'People'];

/** A company of so many people, none of them provisioned yet. */
export function foundCompany(size: number, seed: number): Company {
  const company: Company = { people: [], groups: new Map(), random: createRandom(seed) };
  for (let index = 0; index < size; index++) hire(company);
  return company;
}

/** A new colleague in one of the departments. */
export function hire(company: Company): Person {
  const number = company.people.length + 1;
  const { random } = company;
  const department = random.pick(DEPARTMENTS);
  const person: Person = {
    externalId: `00u-${number}`,
    email: `person${number}@acme.example`,
    givenName: random.pick(GIVEN),
    familyName: random.pick(FAMILY),
    department,
    groups: new Set([department, ...(random.below(3) === 0 ? ['Everyone abroad'] : [])]),
    standing: 'employed',
    id: '',
    leftOn: null,
  };
  company.people.push(person);
  return person;
}

/** Who may sign in, and with which teams: what the console must say at a month's end. */
export function expectedAccess(company: Company): Map<string, string[]> {
  const access = new Map<string, string[]>();
  for (const { email, standing, groups } of company.people) {
    if (standing !== 'employed') continue;
    const names = [...groups].map((key) => company.groups.get(key)?.displayName ?? key);
    access.set(email, names.sort());
  }
  return access;
}
