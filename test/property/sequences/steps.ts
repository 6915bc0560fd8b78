import fc from 'fast-check';
import type { GroupChange } from './group-changes.ts';
import type { Email, Person } from './types.ts';
import { type Spelling, type UserChange, WRONG_CHANGES } from './user-changes.ts';

/** Stands for a resource: the `slot`-th, counted round, of those that were ever made. */
export type Slot = number;
export type Condition = 'none' | 'right' | 'stale' | 'any';

/** A member by its slot; ids are only known once a sequence runs. */
export interface MemberSlot {
  of: 'user' | 'group' | 'nobody';
  slot: Slot;
  display?: string;
}

/** A change of a group in which members are still slots. */
export type GroupChangeBySlot =
  | Exclude<GroupChange, { kind: 'add' | 'remove one' | 'remove listed' | 'replace' }>
  | { kind: 'add'; members: MemberSlot[]; shape: 'list' | 'null reference' | 'pathless' }
  | { kind: 'remove one'; member: MemberSlot }
  | { kind: 'remove listed'; members: MemberSlot[]; op: 'remove' | 'Remove' }
  | { kind: 'replace'; members: MemberSlot[] };

/** A filter by what it asks; of users, or of groups. */
export type Question =
  | {
      kind: 'eq';
      attribute: 'userName' | 'displayName' | 'externalId' | 'department' | 'title';
      value: string;
    }
  | { kind: 'part'; attribute: 'userName' | 'displayName'; operator: 'co' | 'sw' | 'ew'; value: string }
  | { kind: 'present'; attribute: 'title' | 'displayName' | 'emails' | 'externalId' }
  | { kind: 'active'; value: boolean }
  | { kind: 'email'; value: string; type?: string }
  | { kind: 'member'; member: MemberSlot }
  | { kind: 'in group'; group: Slot }
  | { kind: 'id'; of: 'user' | 'group'; slot: Slot }
  | { kind: 'not'; of: Question }
  | { kind: 'and' | 'or'; left: Question; right: Question };

/** One thing that an IdP does. */
export type Step =
  | { do: 'create user'; person: Person }
  | { do: 'put user'; slot: Slot; person: Person; condition: Condition }
  | { do: 'patch user'; slot: Slot; changes: UserChange[]; condition: Condition }
  | { do: 'create group'; displayName: string; externalId?: string; members: MemberSlot[] }
  | { do: 'put group'; slot: Slot; displayName: string; members: MemberSlot[]; condition: Condition }
  | { do: 'patch group'; slot: Slot; changes: GroupChangeBySlot[]; condition: Condition }
  | { do: 'delete'; of: 'user' | 'group'; slot: Slot; condition: Condition }
  | { do: 'read'; of: 'user' | 'group'; slot: Slot; condition: 'none' | 'right' | 'stale'; without?: string }
  | { do: 'put back'; of: 'user' | 'group'; slot: Slot }
  | {
      do: 'list';
      of: 'user' | 'group';
      question?: Question;
      startIndex?: number;
      count?: number;
      by: 'GET' | 'search';
    }
  | { do: 'walk'; of: 'user' | 'group'; size: number; deletes: boolean };

const slot = fc.nat(7);
const names = ['ann', 'Ann', 'bob', 'BOB', 'cy', 'Zoë', 'ZOË', 'Zoe\u0308', 'σας'];
const userName = fc.constantFrom(...names.map((name) => `${name}@example.com`));
const label = fc.constantFrom('Ann', 'ann', 'Bob Builder', 'x"y\\z', '工程', 'a.b]c and d', 'A%_');
const groupName = fc.constantFrom('Team', 'TEAM', 'Ops', 'Ops 2', 'Größe', 'GRÖSSE', 'größe');
const externalId = fc.constantFrom('e1', 'E1', 'e2');
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const condition = fc.constantFrom<Condition>(
  'none',
  'none',
  'none',
  'none',
  'right',
  'right',
  'stale',
  'any',
);
const address = fc.constantFrom('a@x.example', 'A@X.example', 'b@x.example');
const emailType = fc.constantFrom('work', 'home');

const email: fc.Arbitrary<Email> = fc.record(
  { value: address, type: emailType, primary: fc.boolean() },
  { requiredKeys: ['value'] },
);
const person: fc.Arbitrary<Person> = fc.record(
  {
    userName,
    displayName: label,
    title: label,
    externalId,
    active: fc.boolean(),
    givenName: label,
    familyName: label,
    emails: fc.array(email, { maxLength: 3 }),
    department: label,
    employeeNumber: label,
    manager: fc.constantFrom('m1', 'm 2'),
  },
  { requiredKeys: ['userName'] },
);

const spell = fc.constantFrom<Spelling>('path', 'capital', 'pathless', 'pathless with id');
const op = fc.constantFrom('add' as const, 'replace' as const);
const text = fc.constantFrom(
  'displayName',
  'title',
  'externalId',
  'givenName',
  'familyName',
  'department',
  'employeeNumber',
);
const kind = <Kind extends string>(value: Kind) => fc.constant(value);

const userChange: fc.Arbitrary<UserChange> = fc.oneof(
  fc.record({
    kind: kind('set'),
    attribute: text,
    value: fc.oneof({ weight: 6, arbitrary: label }, { weight: 1, arbitrary: kind('') }),
    op,
    spell,
  }),
  fc.record({
    kind: kind('set'),
    attribute: kind('userName'),
    value: fc.oneof({ weight: 8, arbitrary: userName }, { weight: 1, arbitrary: kind('') }),
    op,
    spell,
  }),
  fc.record({
    kind: kind('unset'),
    attribute: fc.oneof({ weight: 6, arbitrary: text }, { weight: 1, arbitrary: kind('userName') }),
    op: fc.constantFrom('remove', 'Remove'),
  }),
  fc.record({ kind: kind('active'), value: fc.boolean(), op, spell, asText: fc.boolean() }),
  fc.record({
    kind: kind('several'),
    values: fc.record(
      { displayName: label, givenName: label, employeeNumber: label, active: fc.boolean() },
      { requiredKeys: [] },
    ),
  }),
  fc.record(
    { kind: kind('name'), givenName: fc.option(label), familyName: fc.option(label) },
    { requiredKeys: ['kind'] },
  ),
  fc.record({
    kind: kind('manager'),
    value: fc.constantFrom('m1', 'm 2', ''),
    shape: fc.constantFrom('text', 'object', 'list'),
  }),
  fc.record({ kind: kind('emails'), op, emails: fc.array(email, { maxLength: 3 }) }),
  fc.record({ kind: kind('no emails') }),
  fc.record({ kind: kind('email value'), op, type: emailType, value: address }),
  fc.record({ kind: kind('email primary'), type: emailType }),
  fc.record({ kind: kind('remove email'), type: emailType, part: fc.constantFrom('whole', 'value') }),
  fc.record({ kind: kind('wrong'), which: fc.constantFrom(...WRONG_CHANGES) }),
);

const member: fc.Arbitrary<MemberSlot> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ of: kind('user'), slot, display: label }, { requiredKeys: ['of', 'slot'] }),
  },
  { weight: 2, arbitrary: fc.record({ of: kind('group'), slot }) },
  { weight: 2, arbitrary: fc.record({ of: kind('nobody'), slot: fc.nat(1) }) },
);
const members = fc.array(member, { maxLength: 4 });

const groupChange: fc.Arbitrary<GroupChangeBySlot> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('add'),
      members,
      shape: fc.constantFrom('list', 'null reference', 'pathless'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('remove one'), member }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kind('remove listed'), members, op: fc.constantFrom('remove', 'Remove') }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('replace'), members }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('clear') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kind('rename'),
      displayName: fc.oneof({ weight: 6, arbitrary: groupName }, { weight: 1, arbitrary: kind('') }),
      spell: fc.constantFrom('path', 'pathless with id'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('externalId'), value: externalId }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('unnamed') }) },
);

const forBoth: fc.Arbitrary<Question> = fc.oneof(
  fc.record({
    kind: kind('eq'),
    attribute: fc.constantFrom('displayName', 'externalId'),
    value: fc.oneof(label, groupName, externalId),
  }),
  fc.record({
    kind: kind('part'),
    attribute: kind('displayName'),
    operator: fc.constantFrom('co', 'sw', 'ew'),
    value: fc.constantFrom('b', 'A', '%', '_', 'ö', 'OPS', ' '),
  }),
  fc.record({
    kind: kind('present'),
    attribute: fc.constantFrom('title', 'displayName', 'emails', 'externalId'),
  }),
  fc.record({ kind: kind('id'), of: fc.constantFrom('user', 'group'), slot }),
);
const ofUsers: fc.Arbitrary<Question> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: kind('eq'), attribute: kind('userName'), value: userName }) },
  fc.record({ kind: kind('eq'), attribute: fc.constantFrom('department', 'title'), value: label }),
  fc.record({
    kind: kind('part'),
    attribute: kind('userName'),
    operator: fc.constantFrom('co', 'sw', 'ew'),
    value: fc.constantFrom('b', 'AN', 'zoë', '@example.com', 'σ', 'OB@'),
  }),
  fc.record({ kind: kind('active'), value: fc.boolean() }),
  fc.record({ kind: kind('email'), value: address, type: emailType }, { requiredKeys: ['kind', 'value'] }),
  fc.record({ kind: kind('in group'), group: slot }),
);
const ofGroups: fc.Arbitrary<Question> = fc.record({ kind: kind('member'), member });

/** Questions about one resource type, joined and denied; now and then one that only the other type understands. */
function questions(
  sensible: fc.Arbitrary<Question>,
  senseless: fc.Arbitrary<Question>,
): fc.Arbitrary<Question> {
  const leaf = fc.oneof(
    { weight: 6, arbitrary: sensible },
    { weight: 6, arbitrary: forBoth },
    { weight: 1, arbitrary: senseless },
  );
  return fc.letrec<{ question: Question }>((tie) => ({
    question: fc.oneof(
      { maxDepth: 2 },
      { weight: 4, arbitrary: leaf },
      { weight: 1, arbitrary: fc.record({ kind: kind('not'), of: tie('question') }) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom('and', 'or'),
          left: tie('question'),
          right: tie('question'),
        }),
      },
    ),
  })).question;
}

/** A list of users or of groups. */
function lists(of: 'user' | 'group', question: fc.Arbitrary<Question>): fc.Arbitrary<Step> {
  return fc.record({
    do: kind('list'),
    of: kind(of),
    question: optional(question),
    startIndex: optional(fc.nat(4)),
    count: optional(fc.nat(4)),
    by: fc.constantFrom('GET', 'search'),
  });
}

const of = fc.constantFrom('user' as const, 'group' as const);

/** Any step; creations and patches most of all. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: kind('create user'), person }) },
  { weight: 2, arbitrary: fc.record({ do: kind('put user'), slot, person, condition }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: kind('patch user'),
      slot,
      changes: fc.array(userChange, { minLength: 1, maxLength: 3 }),
      condition,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: kind('create group'),
      displayName: groupName,
      externalId: optional(externalId),
      members,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: kind('put group'), slot, displayName: groupName, members, condition }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: kind('patch group'),
      slot,
      changes: fc.array(groupChange, { minLength: 1, maxLength: 3 }),
      condition,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: kind('delete'), of, slot, condition }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: kind('read'),
      of,
      slot,
      condition: fc.constantFrom('none', 'right', 'stale'),
      without: optional(fc.constantFrom('members', 'groups', 'emails', 'name')),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: kind('put back'), of, slot }) },
  { weight: 4, arbitrary: lists('user', questions(ofUsers, ofGroups)) },
  { weight: 3, arbitrary: lists('group', questions(ofGroups, ofUsers)) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: kind('walk'),
      of,
      size: fc.integer({ min: 1, max: 3 }),
      deletes: fc.boolean(),
    }),
  },
) as fc.Arbitrary<Step>;

/** A session of an IdP. */
export const sequence: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 3, maxLength: 24 });
