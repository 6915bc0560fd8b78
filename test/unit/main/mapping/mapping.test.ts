import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAudit } from '../../../../src/main/audit/audit.ts';
import { createFollowKind } from '../../../../src/main/mapping/follow.ts';
import { createMapping, type MappingService } from '../../../../src/main/mapping/mapping.ts';
import { createAuditInsert } from '../../../../src/main/store/audit-trail.ts';
import { createDirectorySample } from '../../../../src/main/store/directory-sample.ts';
import { createSettingStore, type SettingStore } from '../../../../src/main/store/settings.ts';
import type { AttributeMapping } from '../../../../src/shared/contract/mapping.ts';
import { FAULT, openPlanes, type Planes } from '../../../support/planes.ts';
import { memberRow, pushesInto } from '../../../support/pushes.ts';
import { type RunningRollcall, startRollcall } from '../../../support/rollcall.ts';
import { runJob, type Standing } from '../../../support/run-job.ts';

const KEY = 'mapping.attributes';

let planes: Planes;
let settings: SettingStore;
let mapping: MappingService;
let log: string[];
let userNameIsEmail: boolean;
const idp = pushesInto(() => planes);

/** The mapping on what the file holds now. */
function open(): void {
  const { database } = planes;
  settings = createSettingStore(database);
  mapping = createMapping({
    settings,
    sample: createDirectorySample(database),
    audit: createAudit(createAuditInsert(database), 'local:test', () => planes.clock.now()),
    write: planes.write,
    registry: () => planes.registry,
    userNameIsEmail: () => userNameIsEmail,
    traffic: () => ({ ignored: new Set(), passwords: false }),
    log: (message) => log.push(message),
  });
}
beforeEach(async () => {
  planes = await openPlanes();
  log = [];
  userNameIsEmail = true;
  open();
});
afterEach(() => planes.close());

/** Saves, as who is written from now on reads it. */
async function save(edited: AttributeMapping): Promise<boolean> {
  const changed = await mapping.save(edited);
  planes.policy.facts = mapping.reader();
  return changed;
}
const follow = (options?: { crashAfter?: number; from?: Standing }) =>
  runJob(
    createFollowKind({ access: planes.access, sample: createDirectorySample(planes.database) }),
    {},
    planes.write,
    options,
  );
const divisions = () =>
  planes.database.prepare<[], string | null>('SELECT division FROM employee ORDER BY pk').pluck().all();
const events = (event?: string) =>
  planes.database
    .prepare<{ event: string | null }, { actor: string; subject: string | null; detail: string }>(
      'SELECT actor, subject, detail FROM audit_event WHERE @event IS NULL OR event = @event ORDER BY rowid',
    )
    .all({ event: event ?? null });

describe('saving', () => {
  test('keeps what differs from the standard, with its row of the trail', async () => {
    expect(await save({ title: ['title'], division: ['title', 'userType'] })).toBe(true);
    expect(mapping.edited()).toEqual({ division: ['title', 'userType'] });
    expect(mapping.effective()).toMatchObject({ division: ['title', 'userType'], title: ['title'] });
    expect(events()).toEqual([{ actor: 'local:test', subject: null, detail: '{"changed":["division"]}' }]);
  });

  test('counts standard sources as no edit, and what is left out is standard again', async () => {
    expect(await save({ title: ['title'], isActive: ['active'] })).toBe(false);
    expect(events()).toEqual([]);
    await save({ division: ['title'], lastName: ['nickName'] });
    expect(await save({ lastName: ['nickName'], title: ['title'] })).toBe(true);
    expect(mapping.edited()).toEqual({ lastName: ['nickName'] });
    expect(events().at(-1)?.detail).toBe('{"changed":["division"]}');
    expect(await save({ lastName: ['nickName'] })).toBe(false);
    expect(events()).toHaveLength(2);
  });

  test('measures by the standard of now: where userName need not be the e-mail, that it is one is an edit', async () => {
    expect(await save({ email: ['userName'] })).toBe(false);
    userNameIsEmail = false;
    expect(await save({ email: ['userName'] })).toBe(true);
    expect(mapping.view()).toMatchObject({
      edited: { email: ['userName'] },
      standard: { email: ['emails[primary eq true].value'] },
    });
  });

  test.each([
    ['save', () => mapping.save({ title: ['title'], division: ['nonsense'] })],
    ['preview', () => mapping.preview({ title: ['title'], division: ['nonsense'] })],
  ])('a source that can not be read is refused by its target: %s', async (_, attempt) => {
    await expect(attempt()).rejects.toMatchObject({
      code: 'invalid-input',
      field: 'division',
      message: expect.stringMatching(/^division: .*nonsense/),
    });
    expect(settings.get(KEY)).toBeUndefined();
    expect(events()).toEqual([]);
  });
});

describe('a preview', () => {
  test('counts whom it changes and who loses access, with examples, and changes nothing', async () => {
    const ann = await idp.create('ann@acme.com', { title: 'Chief', userType: 'true' });
    const bo = await idp.create('bo@acme.com');
    const cy = await idp.create('cy@acme.com', { active: false, userType: 'true' });
    await idp.create('dee@acme.com', { userType: 'true' });
    const eve = await idp.create('eve@acme.com', { active: false, title: 'Guest' });
    const before = events();
    const preview = await mapping.preview({ division: ['title'], isActive: ['userType'] });
    expect(preview).toEqual({
      people: 5,
      changed: 4,
      losing: 1,
      examples: [
        {
          memberId: memberRow(planes, ann).id,
          userName: 'ann@acme.com',
          changes: [{ target: 'division', before: null, after: 'Chief' }],
        },
        {
          memberId: memberRow(planes, bo).id,
          userName: 'bo@acme.com',
          changes: [{ target: 'isActive', before: 'true', after: 'false' }],
        },
        {
          memberId: memberRow(planes, cy).id,
          userName: 'cy@acme.com',
          changes: [{ target: 'isActive', before: 'false', after: 'true' }],
        },
        {
          memberId: memberRow(planes, eve).id,
          userName: 'eve@acme.com',
          changes: [{ target: 'division', before: null, after: 'Guest' }],
        },
      ],
    });
    expect(events()).toEqual(before);
    expect(mapping.edited()).toEqual({});
    expect(memberRow(planes, bo).state).toBe('active');
  });

  test('is one against what is in force, not against the standard', async () => {
    await idp.create('ann@acme.com', { title: 'Chief' });
    await save({ division: ['title'] });
    expect(await mapping.preview({ division: ['title'] })).toMatchObject({ people: 1, changed: 0 });
    expect(await mapping.preview({})).toMatchObject({
      changed: 1,
      examples: [{ changes: [{ target: 'division', before: 'Chief', after: null }] }],
    });
  });

  test('counts everybody beyond one piece, and shows some', async () => {
    await idp.createMany(501);
    const { examples, ...counts } = await mapping.preview({ isActive: ['userType'] });
    expect(counts).toEqual({ people: 501, changed: 501, losing: 501 });
    expect(examples).toHaveLength(50);
  });
});

describe('after an edit', () => {
  test('the facts of people and teams who are here follow by the job', async () => {
    const ann = await idp.create('ann@acme.com', { title: 'Chief', userType: 'true' });
    const bo = await idp.create('bo@acme.com');
    await idp.createGroup('Sales', [ann]);
    await save({ division: ['title'], isActive: ['userType'], teamName: ['{displayName} (IdP)'] });
    expect(divisions()).toEqual([null, null]);

    expect(await follow()).toMatchObject({ done: 3, message: '3 people and teams were looked at.' });
    expect(divisions()).toEqual(['Chief', null]);
    expect(memberRow(planes, ann).state).toBe('active');
    expect(memberRow(planes, bo)).toMatchObject({ state: 'suspended', cause: 'inactive' });
    expect(planes.database.prepare('SELECT name FROM team').pluck().all()).toEqual(['Sales (IdP)']);
    expect(events('employee.updated')).toMatchObject([{ actor: 'local:operator' }]);

    const trail = events();
    await follow();
    expect(events()).toEqual(trail);
  });

  test('who is written follows at once', async () => {
    const ann = await idp.create('ann@acme.com', { title: 'Chief' });
    await save({ division: ['title'] });
    await idp.change(ann, { nickName: 'An' });
    expect(divisions()).toEqual(['Chief']);
  });

  test('the job goes on where a crash between two pieces left it, and doubles nothing', async () => {
    await idp.createMany(150);
    await save({ division: ['userName'] });
    const standing = await follow({ crashAfter: 1 });
    expect(standing).toMatchObject({ done: 100, message: undefined });
    expect(divisions().filter((division) => division !== null)).toHaveLength(100);

    planes = planes.reopen();
    open();
    expect(await follow({ from: standing })).toMatchObject({ done: 150 });
    expect(divisions()).not.toContain(null);
    expect(new Set(events('employee.updated').map(({ subject }) => subject)).size).toBe(150);
    expect(events('employee.updated')).toHaveLength(150);
  });

  test('of a piece that fails nothing is kept', async () => {
    await idp.createMany(3);
    await save({ division: ['userName'] });
    planes.fault.afterEvents = 1;
    await expect(follow()).rejects.toThrow(FAULT);
    planes.fault.afterEvents = null;
    expect(divisions()).toEqual([null, null, null]);
    await follow();
    expect(divisions()).not.toContain(null);
    expect(events('employee.updated')).toHaveLength(3);
  });

  test('observe mode only notes whom it changes', async () => {
    const ann = await idp.create('ann@acme.com', { title: 'Chief' });
    await idp.create('bo@acme.com');
    await idp.createGroup('Sales', [ann]);
    const trail = events();
    planes.policy.apply = 'observe';
    await save({ division: ['title'] });
    await follow();
    expect(divisions()).toEqual([null, null]);
    const noted = planes.observed.next(null, 10);
    expect(noted).toMatchObject([{ kind: 'user', id: ann }]);
    expect(events().slice(trail.length)).toMatchObject([{ detail: '{"changed":["division"]}' }]);

    await planes.write(() => planes.access.applyNow({ users: [ann] }, 'local:test'));
    expect(divisions()).toEqual(['Chief', null]);
  });
});

describe('a stored mapping that can no longer be read', () => {
  const GONE = 'urn:acme:gone:2.0:User:tag';

  test('is passed over target by target, with a line in the log', async () => {
    settings.set(KEY, { title: [GONE], division: ['title'] });
    planes.policy.facts = mapping.reader();
    await idp.create('ann@acme.com', { title: 'Chief' });
    expect(planes.database.prepare('SELECT title, division FROM employee').all()).toEqual([
      { title: 'Chief', division: 'Chief' },
    ]);
    expect(log).toEqual([expect.stringMatching(/^The attribute mapping of title is passed over: .*gone/)]);
    expect(mapping.brokenBy(planes.registry)).toEqual([]);
  });

  test('in no part leaves the standard in force, with a line in the log', async () => {
    settings.set(KEY, { division: 'title' });
    planes.policy.facts = mapping.reader();
    await idp.create('ann@acme.com', { title: 'Chief' });
    expect(divisions()).toEqual([null]);
    expect(mapping.edited()).toEqual({});
    expect(log).toEqual([
      expect.stringMatching(/^The stored attribute mapping is passed over, the standard holds: division: /),
    ]);
  });
});

describe('an extension that the mapping reads', () => {
  const URN = 'urn:acme:scim:schemas:2.0:User';
  const OTHER = 'urn:acme:scim:schemas:2.0:Other';
  let running: RunningRollcall;
  beforeEach(async () => {
    running = await startRollcall();
  });
  afterEach(() => running.close());

  test('can neither be removed nor lose the attribute, until the mapping reads elsewhere', async () => {
    const { schemas, employees, mapping: attributes } = running.rollcall.services;
    await schemas.register('User', { id: URN, attributes: [{ name: 'tag' }, { name: 'desk' }] });
    await schemas.register('User', { id: OTHER, attributes: [{ name: 'tag' }] });
    await attributes.save({ title: [`${URN}:tag`], division: ['nickName', `${URN}:tag`] });
    const refused = {
      code: 'conflict',
      message: expect.stringContaining(`The attribute mapping reads title, division from ${URN}.`),
    };
    await expect(schemas.remove(URN, true)).rejects.toMatchObject(refused);
    const without = { id: URN, attributes: [{ name: 'desk' }] };
    await expect(schemas.replace(without, true)).rejects.toMatchObject(refused);
    await running.request('POST', '/Users', { userName: 'ann@acme.com', [URN]: { tag: 'Chief' } });
    const { items } = employees.list({}, { offset: 0, limit: 10 });
    expect(items).toMatchObject([{ title: 'Chief', division: 'Chief' }]);

    await schemas.replace({ id: URN, attributes: [{ name: 'tag' }] }, true);
    await schemas.remove(OTHER, false);
    await attributes.save({});
    await schemas.remove(URN, true);
    expect(running.log).toEqual([]);
  });
});
