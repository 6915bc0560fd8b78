import { describe, expect, test } from 'vitest';
import { type Edits, keepEdits, orNone, planEdit } from '../../../../../src/main/access/plan/edit.ts';
import type { EmployeeFacts, MemberFacts } from '../../../../../src/main/access/plan/facts.ts';
import type { AccessChange } from '../../../../../src/main/access/plan/plan.ts';
import type { PlannedEmployee, PlannedMember } from '../../../../../src/main/access/plan/slice.ts';
import type { Attributes } from '../../../../../src/main/scim/resource.ts';
import {
  ANN,
  ANNS_FACTS,
  AUTO,
  BECAUSE_OF_ANN,
  employee,
  known,
  member,
  planUser,
} from '../../../../support/plan-slices.ts';

const EDIT = { decision: 'edit' } as const;
const CHIEF: Attributes = { ...ANN, title: 'Chief' };
const RECORD: EmployeeFacts = AUTO.facts.employee(CHIEF, AUTO.facts.member(CHIEF));
const chief = (more: Partial<PlannedEmployee> = {}) => employee({ ...RECORD, ...more });

const edit = (
  edits: Edits,
  more: Partial<{
    member: PlannedMember;
    employee: PlannedEmployee | null;
    attributes: Attributes | null;
  }> = {},
): AccessChange[] => {
  const { attributes = CHIEF } = more;
  const slice = {
    member: more.member ?? member(),
    employee: more.employee === undefined ? chief() : more.employee,
    asserted: attributes && { id: 'u1', attributes },
  };
  return planEdit(slice, edits, AUTO);
};

interface Held {
  title: string | null;
  division: string | null;
}

describe('when the IdP writes, an edit', () => {
  const keep = (then: string | null, asserted: string | null, here: string | null = 'Here') =>
    keepEdits<Held>(
      { title: here, division: 'Old', edited: { title: then } },
      { title: asserted, division: 'New' },
    );

  test.each([
    ['a value', 'Chief'],
    ['nothing', null],
  ])('stays while it asserts the same as then: %s', (_, then) => {
    expect(keep(then, then)).toEqual({
      facts: { title: 'Here', division: 'New' },
      edited: { title: then },
      ended: [],
    });
  });

  test('that took a value away stays as well', () => {
    expect(keep('Chief', 'Chief', null)).toMatchObject({ facts: { title: null }, ended: [] });
  });

  test.each([
    ['another value', 'Chief', 'Head'],
    ['a value where there was none', null, 'Head'],
    ['no value where there was one', 'Chief', null],
    ['the same in other letters', 'Chief', 'chief'],
    ['what was written here', 'Chief', 'Here'],
  ])('is overwritten by anything else: %s', (_, then, asserted) => {
    expect(keep(then, asserted)).toEqual({
      facts: { title: asserted, division: 'New' },
      edited: {},
      ended: ['title'],
    });
  });

  test('of one field ends by itself', () => {
    const held = { title: 'Here', division: 'Here', edited: { title: 'Chief', division: null } };
    expect(keepEdits<Held>(held, { title: 'Head', division: null })).toEqual({
      facts: { title: 'Head', division: 'Here' },
      edited: { division: null },
      ended: ['title'],
    });
  });

  test('is nothing where nobody edited', () => {
    const asserted = { title: 'Chief' };
    expect(keepEdits({ title: 'Old' }, asserted)).toEqual({ facts: asserted, edited: {}, ended: [] });
  });

  test('is left out of what is held once none is left', () => {
    expect(orNone({})).toEqual({});
    expect(orNone({ title: null })).toEqual({ edited: { title: null } });
  });
});

describe('a push upon edits', () => {
  const edited = {
    member: member({ displayName: 'Annie', edited: { displayName: 'Ann' } }),
    employee: chief({ displayName: 'Annie', title: 'Head', edited: { displayName: 'Ann', title: 'Chief' } }),
  };

  test('that asserts the same changes nothing', () => {
    expect(planUser(known(CHIEF, edited))).toEqual([]);
  });

  test('that asserts something beside them changes that, and names the edits that are left', () => {
    const asserted = { ...CHIEF, name: { familyName: 'Ash' } };
    expect(planUser(known(asserted, edited))).toEqual([
      {
        kind: 'member.update',
        memberId: 'm1',
        facts: { ...ANNS_FACTS, displayName: 'Annie', lastName: 'Ash' } satisfies MemberFacts,
        changed: ['lastName'],
        edited: { displayName: 'Ann' },
        because: BECAUSE_OF_ANN,
      },
    ]);
  });

  test('that asserts another value overwrites that field alone', () => {
    expect(planUser(known({ ...CHIEF, title: 'Director' }, edited))).toEqual([
      {
        kind: 'employee.update',
        employeeId: 'p1',
        memberId: 'm1',
        facts: { ...RECORD, displayName: 'Annie', title: 'Director' },
        changed: ['title'],
        edited: { displayName: 'Ann' },
        because: BECAUSE_OF_ANN,
      },
    ]);
  });

  test('that asserts what was written here ends the edit, though no value differs', () => {
    const [change, ...more] = planUser(
      known({ ...CHIEF, displayName: 'Annie' }, { ...edited, employee: null }),
    );
    expect(change).toMatchObject({ kind: 'member.update', changed: ['displayName'] });
    expect(change).not.toHaveProperty('edited');
    expect(more).toEqual([]);
  });
});

describe('an edit', () => {
  test('keeps what the IdP asserts beside what was written', () => {
    expect(edit({ title: 'Head', firstName: 'Annie' })).toEqual([
      {
        kind: 'member.update',
        memberId: 'm1',
        facts: { ...ANNS_FACTS, firstName: 'Annie' },
        changed: ['firstName'],
        edited: { firstName: null },
        because: EDIT,
      },
      {
        kind: 'employee.update',
        employeeId: 'p1',
        memberId: 'm1',
        facts: { ...RECORD, title: 'Head' },
        changed: ['title'],
        edited: { title: 'Chief' },
        because: EDIT,
      },
    ]);
  });

  test('of the name is one of the member and of the record', () => {
    expect(edit({ displayName: 'Annie' })).toMatchObject([
      { kind: 'member.update', facts: { displayName: 'Annie' }, edited: { displayName: 'Ann' } },
      { kind: 'employee.update', facts: { displayName: 'Annie' }, edited: { displayName: 'Ann' } },
    ]);
  });

  test('that takes a value away keeps the one that the IdP asserts', () => {
    expect(edit({ title: null })).toMatchObject([{ facts: { title: null }, edited: { title: 'Chief' } }]);
  });

  test.each([
    ['says what is held', { title: 'Chief', firstName: null }],
    ['says nothing', {}],
    ['would take the name away', { displayName: null }],
  ] as [string, Edits][])('that %s changes nothing', (_, edits) => {
    expect(edit(edits)).toEqual([]);
  });

  test('joins the edits that were made before, and keeps what the IdP asserts, not what they said', () => {
    const before = chief({ title: 'Head', division: 'East', edited: { title: 'Chief', division: null } });
    expect(edit({ title: 'Director' }, { employee: before })).toMatchObject([
      { facts: { title: 'Director', division: 'East' }, edited: { title: 'Chief', division: null } },
    ]);
  });

  test('back to what the IdP asserts is none any more', () => {
    const before = chief({ title: 'Head', edited: { title: 'Chief' } });
    const [change] = edit({ title: 'Chief' }, { employee: before });
    expect(change).toMatchObject({ facts: { title: 'Chief' }, changed: ['title'] });
    expect(change).not.toHaveProperty('edited');
  });

  test('is measured against what the IdP asserts now, where that is not applied yet', () => {
    const before = chief({ title: 'Head', edited: { title: 'Chief' } });
    const attributes = { ...ANN, title: 'Director' };
    expect(edit({ title: 'Boss' }, { employee: before, attributes })).toMatchObject([
      { facts: { title: 'Boss' }, edited: { title: 'Director' } },
    ]);
  });

  test.each([
    ['somebody whom people here made', { member: member({ origin: 'manual' }) }],
    ['somebody whom the IdP deleted', { attributes: null }],
  ])('of %s is over nothing: no IdP owns it', (_, more) => {
    const changes = edit({ title: 'Head', lastName: 'Ash' }, more);
    expect(changes.map(({ kind }) => kind)).toEqual(['member.update', 'employee.update']);
    for (const change of changes) expect(change).not.toHaveProperty('edited');
  });

  test('of somebody without a record is the member’s alone', () => {
    expect(edit({ displayName: 'Annie', title: 'Head' }, { employee: null })).toMatchObject([
      { kind: 'member.update', changed: ['displayName'] },
    ]);
  });

  test('outlives the same assertion, and not another one', () => {
    const [change] = edit({ title: 'Head' });
    if (change?.kind !== 'employee.update') throw new Error('the record was to change');
    const after = employee({ ...change.facts, ...orNone(change.edited ?? {}) });
    expect(planUser(known(CHIEF, { employee: after }))).toEqual([]);
    expect(planUser(known({ ...ANN, title: 'Director' }, { employee: after }))).toMatchObject([
      { kind: 'employee.update', facts: { title: 'Director' }, changed: ['title'] },
    ]);
  });
});
