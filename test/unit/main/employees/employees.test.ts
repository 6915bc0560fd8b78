import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { createEmployees, type Employees } from '../../../../src/main/employees/employees.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { createEmployeeStore } from '../../../../src/main/store/employees.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PAGE = { offset: 0, limit: 100 };
const ANN = 'local:ann';
let planes: Planes;
let employees: Employees;
beforeEach(async () => {
  planes = await openPlanes();
  const now = () => planes.clock.now();
  employees = createEmployees({
    store: createEmployeeStore(planes.database),
    audit: createAudit(createAuditInsert(planes.database), ANN, now),
    write: planes.write,
    now,
    operator: () => ANN,
  });
});
afterEach(() => planes.close());

/** Pushes a person; answers the user's id. */
async function push(name: string, facts: Record<string, unknown> = {}): Promise<string> {
  const { directory, registry, context } = planes;
  const body = { userName: `${name}@acme.com`, displayName: name, active: true, [ENTERPRISE]: facts };
  return (await directory.create(registry.userType, JSON.parse(JSON.stringify(body)), context)).id;
}
const reportTo = (userId: string, managerId: string) =>
  planes.directory.patch(
    planes.registry.userType,
    userId,
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: `${ENTERPRISE}:manager`, value: { value: managerId } }],
    },
    planes.context,
  );
const recordOf = (name: string) => {
  const found = employees.list({ search: name }, PAGE).items.find(({ displayName }) => displayName === name);
  if (!found) throw new Error(`no record of ${name}`);
  return found;
};
const names = (rows: readonly { displayName: string }[]) => rows.map(({ displayName }) => displayName);
const trail = (subject: string) =>
  planes.database
    .prepare<[string], { event: string; actor: string; detail: string }>(
      'SELECT event, actor, detail FROM audit_event WHERE subject = ? ORDER BY seq',
    )
    .all(subject)
    .map(({ event, actor, detail }) => [event, actor, JSON.parse(detail)]);

describe('the list', () => {
  test('is ordered by name without case, searched, filtered and paged', async () => {
    await push('bob', { department: 'Sales', employeeNumber: 'E-7' });
    await push('Ann', { department: 'R&D' });
    await push('Cid', { department: 'Sales' });
    expect(names(employees.list({}, PAGE).items)).toEqual(['Ann', 'bob', 'Cid']);
    expect(names(employees.list({}, { offset: 1, limit: 1 }).items)).toEqual(['bob']);
    expect(names(employees.list({ search: 'e-7' }, PAGE).items)).toEqual(['bob']);
    expect(employees.list({ department: 'Sales' }, { offset: 0, limit: 1 })).toMatchObject({ total: 2 });
    await employees.setStatus(recordOf('Cid').id, 'on-leave');
    await employees.end(recordOf('bob').id, 'Left.');
    expect(names(employees.list({ status: 'on-leave' }, PAGE).items)).toEqual(['Cid']);
    expect(names(employees.list({ status: 'active' }, PAGE).items)).toEqual(['Ann']);
    expect(names(employees.list({ status: 'ended', department: 'R&D' }, PAGE).items)).toEqual([]);
    expect(employees.list({ search: 'nobody' }, PAGE)).toEqual({
      items: [],
      total: 0,
      counts: { active: 1, 'on-leave': 1, ended: 1 },
    });
    expect(employees.departments(10)).toEqual([
      { name: 'Sales', records: 2 },
      { name: 'R&D', records: 1 },
    ]);
  });
});

describe('the tree of managers', () => {
  test('has those without a manager at the top, and pages who reports to whom', async () => {
    const top = await push('Top');
    const boss = await push('Boss', { manager: { value: top } });
    for (const name of ['Bo', 'Al', 'Cy']) await push(name, { manager: { value: boss } });
    expect(names(employees.tree(undefined, PAGE).items)).toEqual(['Top']);
    expect(employees.tree(undefined, PAGE).items[0]).toMatchObject({ reports: 1, managerState: 'none' });
    expect(names(employees.tree(recordOf('Top').id, PAGE).items)).toEqual(['Boss']);
    const second = employees.tree(recordOf('Boss').id, { offset: 1, limit: 1 });
    expect(second.total).toBe(3);
    expect(names(second.items)).toEqual(['Bo']);
    expect(second.items[0]?.manager).toEqual({ id: recordOf('Boss').id, displayName: 'Boss' });
    const detail = employees.get(recordOf('Al').id);
    expect(names(detail.chain)).toEqual(['Top', 'Boss']);
    expect(detail.above).toBe('nobody');
  });

  test('shows a manager whom nobody pushed, and finds them once they are', async () => {
    const boss = await push('Boss', { manager: { value: 'somebody-else' } });
    await push('Ann', { manager: { value: boss } });
    expect(recordOf('Boss')).toMatchObject({ managerState: 'unknown', manager: null, reports: 1 });
    expect(names(employees.tree(undefined, PAGE).items)).toEqual(['Boss']);
    expect(employees.get(recordOf('Ann').id)).toMatchObject({ above: 'unknown' });
    const top = await push('Top');
    await reportTo(boss, top);
    expect(recordOf('Boss')).toMatchObject({ managerState: 'known' });
    expect(names(employees.tree(undefined, PAGE).items)).toEqual(['Top']);
  });

  test('shows a circle as one, at the top, and ends every walk along it', async () => {
    const ann = await push('Ann');
    const bob = await push('Bob', { manager: { value: ann } });
    await reportTo(ann, bob);
    await push('Cid', { manager: { value: bob } });
    const self = await push('Self');
    await reportTo(self, self);
    expect(names(employees.tree(undefined, PAGE).items)).toEqual(['Ann', 'Bob', 'Self']);
    expect(recordOf('Ann').managerState).toBe('cycle');
    expect(recordOf('Cid').managerState).toBe('known');
    expect(employees.get(recordOf('Cid').id)).toMatchObject({ above: 'cycle' });
    expect(names(employees.get(recordOf('Cid').id).chain)).toEqual(['Ann', 'Bob']);
    expect(employees.get(recordOf('Self').id)).toMatchObject({ above: 'cycle', chain: [] });
  });

  test('reports of a manager who was deleted stand at the top', async () => {
    const boss = await push('Boss');
    await push('Ann', { manager: { value: boss } });
    await planes.directory.remove(planes.registry.userType, boss, planes.context);
    expect(recordOf('Ann').managerState).toBe('unknown');
    expect(names(employees.tree(undefined, PAGE).items)).toEqual(['Ann', 'Boss']);
    expect(employees.tree(recordOf('Boss').id, PAGE)).toEqual({ items: [], total: 0 });
  });
});

describe('what an operator does', () => {
  test('a leave begins and ends, and a push in between leaves it', async () => {
    const boss = await push('Boss');
    const user = await push('Ann');
    const { id } = recordOf('Ann');
    await employees.setStatus(id, 'on-leave');
    await reportTo(user, boss);
    expect(recordOf('Ann')).toMatchObject({ status: 'on-leave', managerState: 'known' });
    await expect(employees.setStatus(id, 'on-leave')).rejects.toThrow('Ann is on leave already.');
    expect(await employees.setStatus(id, 'active')).toMatchObject({ status: 'active' });
    expect(trail(id)).toEqual([
      ['employee.status-changed', ANN, { from: 'active', to: 'on-leave' }],
      ['employee.status-changed', ANN, { from: 'on-leave', to: 'active' }],
    ]);
  });

  test('an end says who, when and why; the record outlives the member, and access is untouched', async () => {
    const user = await push('Ann');
    const { id, memberId } = recordOf('Ann');
    planes.clock.now = () => new Date('2027-01-02T03:04:05.000Z');
    expect(await employees.end(id, 'Retired.')).toMatchObject({
      status: 'ended',
      endedBy: ANN,
      endedAt: '2027-01-02T03:04:05.000Z',
      endReason: 'Retired.',
    });
    expect(planes.people.member(memberId ?? '')?.member.state).toBe('active');
    await expect(employees.end(id, 'Again.')).rejects.toThrow('has ended before');
    await expect(employees.setStatus(id, 'on-leave')).rejects.toThrow('Reopen it first');
    expect(employees.get(id).history[0]).toMatchObject({ actor: ANN, what: 'Ended. Retired.' });
    await planes.directory.remove(planes.registry.userType, user, planes.context);
    planes.clock.now = () => new Date('2037-01-01T00:00:00.000Z');
    await planes.write(() => planes.access.applyDates(10, 'system'));
    await planes.write(() => planes.access.applyDates(10, 'system'));
    expect(employees.get(id).employee).toMatchObject({ memberId: null, displayName: 'Ann', endedBy: ANN });
    expect(employees.get(id).history).toHaveLength(1);
    expect(await employees.reopen(id)).toMatchObject({ status: 'active', endedAt: null, endReason: null });
    await expect(employees.reopen(id)).rejects.toThrow('has not ended');
  });

  test('days are kept, one at a time, and never the wrong way round', async () => {
    await push('Ann');
    const { id } = recordOf('Ann');
    expect(await employees.setDates(id, { startsOn: '2026-03-01' })).toMatchObject({
      startsOn: '2026-03-01',
    });
    await expect(employees.setDates(id, { endsOn: '2026-02-28' })).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'endsOn',
    });
    expect(await employees.setDates(id, { endsOn: '2026-03-01' })).toMatchObject({
      startsOn: '2026-03-01',
      endsOn: '2026-03-01',
    });
    await employees.setDates(id, { endsOn: '2026-03-01' });
    await employees.setDates(id, { startsOn: null });
    expect(trail(id)).toEqual([
      ['employee.dates-changed', ANN, { changed: ['startsOn'] }],
      ['employee.dates-changed', ANN, { changed: ['endsOn'] }],
      ['employee.dates-changed', ANN, { changed: ['startsOn'] }],
    ]);
  });

  test('who is not there is refused', async () => {
    expect(() => employees.get('none')).toThrow('There is no employee record none.');
    await expect(employees.end('none', 'x')).rejects.toMatchObject({ code: 'not-found' });
  });
});
