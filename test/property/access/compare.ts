import type { Database } from '../../../src/main/store/database.ts';
import { GROUPS_OF_MEMBER } from '../../../src/main/store/groups-of-member.ts';
import type { AccessModel } from '../../model/access-model.ts';
import type { Person } from '../../model/types.ts';
import type { Planes } from '../../support/planes.ts';

interface Row {
  id: string;
  userId: string | null;
  origin: string;
  state: string;
  suspendedFrom: string | null;
  cause: string | null;
  recalled: string | null;
  retained: string | null;
  cut: 0 | 1;
  held: 0 | 1;
  deactivateAt: string | null;
  deleteAt: string | null;
  email: string | null;
  externalId: string | null;
  record: string | null;
}

/** @throws when the planes are not what the model says, or break what must hold whatever happens */
export function compare(
  planes: Planes,
  model: AccessModel,
  users: readonly string[],
  groups: readonly string[],
): void {
  equal('members and what is open about them', planesSay(planes), modelSays(model));
  equal('trips of the guard', tripsOf(planes), model.guard.trips);
  equal('teams', questions(planes).teams.all(), [...model.teams.keys()].sort());
  equal('what is noted', notedBy(planes), {
    users: [...model.noted.users].sort(),
    groups: [...model.noted.groups].sort(),
  });
  equal('the counts of members', questions(planes).counted.all(), questions(planes).counts.all());
  replayChangesNothing(planes, model, users, groups);
  nobodyOutHoldsAnything(planes);
  everyCutCanBeUndone(planes, model);
}

/** Prepared once for each opening of the file. */
const prepared = new WeakMap<Database, ReturnType<typeof prepare>>();

function questions({ database }: Planes): ReturnType<typeof prepare> {
  const known = prepared.get(database) ?? prepare(database);
  prepared.set(database, known);
  return known;
}

function prepare(database: Database) {
  return {
    members: database.prepare<[], Row>(
      `SELECT m.id, m.user_id AS userId, m.origin, m.state, m.suspended_from AS suspendedFrom, m.cause, m.recalled,
         m.retained_groups AS retained, m.cut_at IS NOT NULL AS cut, m.held, m.deactivate_at AS deactivateAt,
         m.delete_at AS deleteAt, m.email, m.external_id AS externalId, e.status AS record
       FROM member m LEFT JOIN employee e ON e.member_id = m.id ORDER BY m.pk`,
    ),
    groupsOf: database
      .prepare<[{ id: string }], string>(
        `SELECT group_id FROM (${GROUPS_OF_MEMBER}) counting JOIN team t USING (group_id) ORDER BY 1`,
      )
      .pluck(),
    receiptsOf: database
      .prepare<[string], [string, string | null, 0 | 1]>(
        'SELECT cause, outcome, trip_id IS NOT NULL FROM receipt WHERE member_id = ? ORDER BY seq',
      )
      .raw(),
    contestsOf: database
      .prepare<[string], [string, string, string]>(
        "SELECT kind, value, other_id FROM conflict WHERE member_id = ? AND state = 'open'",
      )
      .raw(),
    trips: database.prepare<[], { threshold: number; activeAtStart: number; resolved: 0 | 1 }>(
      'SELECT threshold, active_at_start AS activeAtStart, resolved_at IS NOT NULL AS resolved FROM guard_trip ORDER BY rowid',
    ),
    teams: database
      .prepare<[], string>('SELECT group_id FROM team WHERE group_id IS NOT NULL ORDER BY 1')
      .pluck(),
    counted: database.prepare(
      'SELECT origin, state, n FROM member_count WHERE n <> 0 ORDER BY origin, state',
    ),
    counts: database.prepare(
      'SELECT origin, state, count(*) AS n FROM member GROUP BY origin, state ORDER BY origin, state',
    ),
    out: database
      .prepare<[], string>("SELECT id FROM member WHERE state <> 'active' OR cut_at IS NOT NULL")
      .pluck(),
    contested: database
      .prepare<[], string>(
        "SELECT m.id FROM member m JOIN conflict c ON c.member_id = m.id WHERE m.state = 'active' AND c.state = 'open'",
      )
      .pluck(),
  };
}

function planesSay(planes: Planes): unknown[] {
  const { members, groupsOf, receiptsOf, contestsOf } = questions(planes);
  const rows = members.all();
  const place = new Map(rows.map(({ id }, index) => [id, index]));
  return rows.map(({ id, ...row }) => ({
    ...row,
    retained: row.retained === null ? [] : (JSON.parse(row.retained) as string[]).sort(),
    teams: groupsOf.all({ id }),
    receipts: receiptsOf.all(id).map(([cause, outcome, trip]) => `${cause} ${outcome} ${trip}`),
    contests: contestsOf
      .all(id)
      .map(([kind, value, other]) => `${kind} ${value} ${place.get(other)}`)
      .sort(),
  }));
}

function modelSays(model: AccessModel): unknown[] {
  const instant = (date: number | null) => (date === null ? null : new Date(date).toISOString());
  return model.people.map((person) => {
    const { state, suspendedFrom, cause, recalled, email, externalId } = person;
    return {
      userId: person.userId,
      origin: person.isManual ? 'manual' : 'scim',
      ...{ state, suspendedFrom, cause, recalled },
      retained: [...person.retained].sort(),
      cut: Number(person.cut),
      held: Number(person.held),
      deactivateAt: instant(person.deactivateAt),
      deleteAt: instant(person.deleteAt),
      ...{ email, externalId },
      // The record survives, but nothing says any more whose it was.
      record: state === 'deleted' ? null : person.record,
      teams: model.teamsOf(person),
      receipts: model.guard.receipts
        .filter(({ of }) => of === person)
        .map((receipt) => `${receipt.cause} ${receipt.outcome} ${Number(receipt.trip !== null)}`),
      contests: model.contests
        .openOf(person)
        .map(({ kind, value, other }) => `${kind} ${value} ${model.people.indexOf(other)}`)
        .sort(),
    };
  });
}

function tripsOf(planes: Planes): unknown[] {
  return questions(planes)
    .trips.all()
    .map((trip) => ({ ...trip, resolved: trip.resolved === 1 }));
}

function notedBy({ observed }: Planes) {
  const noted = observed.next(null, 1000);
  const ids = (of: 'user' | 'group') => noted.filter(({ kind }) => kind === of).map(({ id }) => id);
  return { users: ids('user'), groups: ids('group') };
}

/** A replayed push changes nothing, and the slice that a write touched was all that it touched. */
function replayChangesNothing(
  { access }: Planes,
  { noted }: AccessModel,
  users: readonly string[],
  groups: readonly string[],
): void {
  const left = access.preview({
    users: users.filter((id) => !noted.users.has(id)),
    groups: groups.filter((id) => !noted.groups.has(id)),
  });
  equal('what is left to do', left, []);
}

/** Nobody without a place here, or whose access is cut, holds anything in force. */
function nobodyOutHoldsAnything(planes: Planes): void {
  const { out, contested } = questions(planes);
  for (const id of out.all()) {
    equal(`what ${id} holds in force`, planes.grants.effective(id), {
      teams: [],
      roles: [],
      permissions: [],
    });
  }
  equal('who is in although somebody must decide', contested.all(), []);
}

/** The receipt that is open about somebody is of somebody who is out, and says from where. */
function everyCutCanBeUndone({ deprovisioning }: Planes, model: AccessModel): void {
  const isOut = ({ state }: Person) => state === 'suspended' || state === 'deactivated';
  const wrong = model.guard.receipts.filter((one) => one.outcome === null && !isOut(one.of));
  equal('open receipts of people who are in', wrong, []);
  const { tripped, held } = deprovisioning.status();
  const trip = model.guard.openTrip();
  const waiting = model.guard.receipts.filter((one) => trip && one.trip === trip && one.outcome === null);
  equal('the state of the guard', { tripped, held }, { tripped: trip !== undefined, held: waiting.length });
}

function equal(what: string, actual: unknown, expected: unknown): void {
  const [found, wanted] = [JSON.stringify(actual, null, 1), JSON.stringify(expected, null, 1)];
  if (found === wanted) return;
  const [lines, other] = [found.split('\n'), wanted.split('\n')];
  const at = lines.findIndex((line, index) => line !== other[index]);
  const [from, to] = [Math.max(0, at - 14), at + 14];
  throw new Error(
    `${what} differ at line ${at}:\nfound\n${lines.slice(from, to).join('\n')}\nwanted\n${other.slice(from, to).join('\n')}`,
  );
}
