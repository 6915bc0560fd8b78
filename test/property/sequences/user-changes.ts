import { type Email, ENTERPRISE, type Person, Refused } from './types.ts';

type Text =
  | 'userName'
  | 'displayName'
  | 'title'
  | 'externalId'
  | 'givenName'
  | 'familyName'
  | 'department'
  | 'employeeNumber';

/** One operation of a PATCH of a user, by what it means; `spell` says in which words an IdP puts it. */
export type UserChange =
  | { kind: 'set'; attribute: Text; value: string; op: 'add' | 'replace'; spell: Spelling }
  | { kind: 'unset'; attribute: Text; op: 'remove' | 'Remove' }
  | { kind: 'active'; value: boolean; op: 'add' | 'replace'; spell: Spelling; asText: boolean }
  | {
      kind: 'several';
      values: { displayName?: string; givenName?: string; employeeNumber?: string; active?: boolean };
    }
  | { kind: 'name'; givenName?: string | null; familyName?: string | null }
  | { kind: 'manager'; value: string; shape: 'text' | 'object' | 'list' }
  | { kind: 'emails'; op: 'add' | 'replace'; emails: Email[] }
  | { kind: 'no emails' }
  | { kind: 'email value'; op: 'add' | 'replace'; type: string; value: string }
  | { kind: 'email primary'; type: string }
  | { kind: 'remove email'; type: string; part: 'whole' | 'value' }
  | { kind: 'wrong'; which: keyof typeof WRONG };

/** Okta sends no path, Entra capital letters, others follow the RFC. */
export type Spelling = 'path' | 'capital' | 'pathless' | 'pathless with id';

/** Operations that must be refused, and how. */
const WRONG = {
  'unknown path': [{ op: 'replace', path: 'nope', value: 'x' }, 'invalidPath'],
  'unknown op': [{ op: 'move', path: 'title', value: 'x' }, 'invalidSyntax'],
  'remove without path': [{ op: 'remove' }, 'noTarget'],
  'read-only': [{ op: 'replace', path: 'id', value: 'x' }, 'mutability'],
  'read-only groups': [{ op: 'add', path: 'groups', value: [{ value: 'x' }] }, 'mutability'],
  'broken path': [{ op: 'replace', path: 'emails[type eq "work"', value: 'x' }, 'invalidPath'],
  'wrong type': [{ op: 'replace', path: 'active', value: 'maybe' }, 'invalidValue'],
  'no value': [{ op: 'add', path: 'title' }, 'invalidValue'],
} as const satisfies Record<string, readonly [object, string]>;

export const WRONG_CHANGES = Object.keys(WRONG) as (keyof typeof WRONG)[];

const PATHS: Record<Text, string> = {
  userName: 'userName',
  displayName: 'displayName',
  title: 'title',
  externalId: 'externalId',
  givenName: 'name.givenName',
  familyName: 'name.familyName',
  department: `${ENTERPRISE}:department`,
  employeeNumber: `${ENTERPRISE}:employeeNumber`,
};

/** The operation as it goes into the request. */
export function userOperation(change: UserChange): object {
  switch (change.kind) {
    case 'set':
      return spelled(change.op, PATHS[change.attribute], change.value, change.spell);
    case 'unset':
      return { op: change.op, path: PATHS[change.attribute] };
    case 'active':
      return spelled(
        change.op,
        'active',
        change.asText ? (change.value ? 'True' : 'False') : change.value,
        change.spell,
      );
    case 'several': {
      const { displayName, givenName, employeeNumber, active } = change.values;
      return {
        op: 'replace',
        value: {
          ...(displayName !== undefined && { displayName }),
          ...(givenName !== undefined && { 'name.givenName': givenName }),
          ...(employeeNumber !== undefined && { [PATHS.employeeNumber]: employeeNumber }),
          ...(active !== undefined && { active }),
        },
      };
    }
    case 'name': {
      const { givenName, familyName } = change;
      return {
        op: 'replace',
        path: 'name',
        value: {
          ...(givenName !== undefined && { givenName }),
          ...(familyName !== undefined && { familyName }),
        },
      };
    }
    case 'manager': {
      const { value, shape } = change;
      const shaped = shape === 'text' ? value : shape === 'object' ? { value } : [{ value }];
      return { op: 'Add', path: `${ENTERPRISE}:manager`, value: shaped };
    }
    case 'emails':
      return { op: change.op, path: 'emails', value: change.emails };
    case 'no emails':
      return { op: 'remove', path: 'emails' };
    case 'email value':
      return { op: change.op, path: `emails[type eq "${change.type}"].value`, value: change.value };
    case 'email primary':
      return { op: 'replace', path: `emails[type eq "${change.type}"].primary`, value: true };
    case 'remove email':
      return {
        op: 'remove',
        path: `emails[type eq "${change.type}"]${change.part === 'value' ? '.value' : ''}`,
      };
    case 'wrong':
      return WRONG[change.which][0];
  }
}

function spelled(op: string, path: string, value: unknown, spelling: Spelling): object {
  switch (spelling) {
    case 'path':
      return { op, path, value };
    case 'capital':
      return { op: op.charAt(0).toUpperCase() + op.slice(1), path, value };
    case 'pathless':
      return { op, value: { [path]: value } };
    case 'pathless with id':
      return { op, value: { id: 'whatever', schemas: [], [path]: value } };
  }
}

/** Applies one operation. @throws Refused */
export function changeUser(person: Person, change: UserChange): Person {
  switch (change.kind) {
    case 'set':
      return setText(person, change.attribute, change.value);
    case 'unset':
      if (change.attribute === 'userName') throw new Refused(400, 'mutability');
      return without(person, change.attribute);
    case 'active':
      return { ...person, active: change.value };
    case 'several': {
      let changed = person;
      const { displayName, givenName, employeeNumber, active } = change.values;
      if (displayName !== undefined) changed = setText(changed, 'displayName', displayName);
      if (givenName !== undefined) changed = setText(changed, 'givenName', givenName);
      if (employeeNumber !== undefined) changed = setText(changed, 'employeeNumber', employeeNumber);
      return active === undefined ? changed : { ...changed, active };
    }
    case 'name': {
      let changed = person;
      for (const part of ['givenName', 'familyName'] as const) {
        const value = change[part];
        if (value === null) changed = without(changed, part);
        else if (value !== undefined) changed = setText(changed, part, value);
      }
      // What an object does not mention stays, also when it mentions nothing.
      return changed;
    }
    case 'manager':
      return change.value === '' ? without(person, 'manager') : { ...person, manager: change.value };
    case 'wrong':
      throw new Refused(400, WRONG[change.which][1]);
    default: {
      const emails = changeEmails(person.emails ?? [], change);
      return emails.length === 0 ? without(person, 'emails') : { ...person, emails };
    }
  }
}

/** An empty text means unassigned, which a userName can't be. */
function setText(person: Person, attribute: Text, value: string): Person {
  if (value !== '') return { ...person, [attribute]: value };
  if (attribute === 'userName') throw new Refused(400, 'invalidValue');
  return without(person, attribute);
}

export function without<Kind extends object>(from: Kind, name: keyof Kind): Kind {
  const copy = { ...from };
  delete copy[name];
  return copy;
}

type EmailChange = Extract<
  UserChange,
  { kind: 'emails' | 'no emails' | 'email value' | 'email primary' | 'remove email' }
>;

function changeEmails(emails: Email[], change: EmailChange): Email[] {
  const copy = emails.map((email) => ({ ...email }));
  switch (change.kind) {
    case 'no emails':
      return [];
    case 'emails': {
      const given = onePrimary(change.emails.filter(({ value }) => value !== ''));
      if (change.op === 'replace') return given;
      const added = given.filter((email) => !emails.some((each) => sameEmail(each, email)));
      if (added.some(({ primary }) => primary === true)) for (const email of copy) demote(email);
      return [...copy, ...added];
    }
    case 'email value': {
      const chosen = copy.filter(({ type }) => type === change.type);
      for (const email of chosen) email.value = change.value;
      return chosen.length > 0 ? copy : [...copy, { type: change.type, value: change.value }];
    }
    case 'email primary': {
      const chosen = copy.find(({ type }) => type === change.type);
      for (const email of copy) demote(email);
      if (!chosen) return [...copy, { type: change.type, primary: true }];
      // Further ones of the type were set as well, and lost it to the first at once.
      for (const email of copy) if (email.type === change.type) email.primary = email === chosen;
      return copy;
    }
    case 'remove email':
      if (change.part === 'whole') return copy.filter(({ type }) => type !== change.type);
      // An e-mail without a value is none.
      return copy.filter(({ type }) => type !== change.type);
  }
}

function demote(email: Email): void {
  if (email.primary === true) email.primary = false;
}

function sameEmail(a: Email, b: Email): boolean {
  return a.value === b.value && a.type === b.type && a.primary === b.primary;
}

/** Of several primary ones the first is. */
export function onePrimary(emails: Email[]): Email[] {
  const first = emails.find(({ primary }) => primary === true);
  return emails.map((email) =>
    email.primary === true && email !== first ? { ...email, primary: false } : { ...email },
  );
}
