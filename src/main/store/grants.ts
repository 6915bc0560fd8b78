import type { GrantOrigin, Holder } from '../../shared/contract/grants.ts';
import type { MemberState } from '../../shared/contract/people.ts';
import type { GrantsStore, HeldGrant, HeldGrants, TargetRef } from '../access/grants-store.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { Database } from './database.ts';
import { HELD_BY_MEMBERS, holdersOf, IS_IN_FORCE, ORIGINS_OF_MEMBER } from './grants-sql.ts';
import { compare, createHeldGrants, type HeldRow } from './held-grants.ts';
import { createMappingRules } from './mapping-rules.ts';

interface OriginRow {
  id: string | null;
  origin: GrantOrigin['origin'];
  groupId: string | null;
  groupName: string | null;
  roleValue: string | null;
  membership: GrantOrigin['membership'];
  precedence: number;
  paused: 0 | 1;
  teamId: string | null;
  teamName: string | null;
  roleId: string | null;
  roleName: string | null;
  isForbidden: 0 | 1;
  awaitingApproval: 0 | 1;
  by: string | null;
  at: string | null;
  note: string | null;
}
type Standing = { pk: number; state: MemberState; isCut: 0 | 1 };
type Named = { id: string; displayName: string; state: MemberState };
type PersonRow = Named & { userName: string; isInForce: 0 | 1 };
type NextMember = { pk: number; id: string; userName: string; isInForce: 0 | 1 };
type HolderRow = Omit<Holder, 'effective' | 'origins'> & { pk: number; effective: 0 | 1 };

/** From so many holders on it is cheaper to walk everybody by name than to sort the holders. */
const MANY = 2000;

const NOTHING: HeldGrants = { teams: [], roles: [], permissions: [] };

/** Who holds what and why, on SQLite. */
export function createGrantsStore(database: Database): GrantsStore {
  const held = createHeldGrants(database);
  const heldRows = database.prepare<[{ pks: string }], HeldRow>(HELD_BY_MEMBERS).raw();
  const origins = database.prepare<[{ id: string }], OriginRow>(ORIGINS_OF_MEMBER);
  const standing = database.prepare<[string], Standing>(
    'SELECT pk, state, cut_at IS NOT NULL AS isCut FROM member WHERE id = ?',
  );
  const person = database.prepare<[string], PersonRow>(
    `SELECT m.id, m.display_name AS displayName, m.user_name AS userName, m.state, ${IS_IN_FORCE} AS isInForce
     FROM member m WHERE m.id = ?`,
  );
  const nextMembers = database.prepare<[number, number], NextMember>(
    `SELECT m.pk, m.id, m.user_name AS userName, ${IS_IN_FORCE} AS isInForce FROM member m
     WHERE m.pk > ? ORDER BY m.pk LIMIT ?`,
  );
  const NAMED = 'SELECT m.id, m.display_name AS displayName, m.state FROM member m';
  const byId = database.prepare<[string], Named>(`${NAMED} WHERE m.id = ?`);
  const byUserName = database.prepare<[string], Named>(
    `${NAMED} JOIN directory_user u ON u.id = m.user_id WHERE u.user_name_key = ?`,
  );
  // Whoever left has no user any more.
  const byFormerName = database.prepare<[{ key: string }], Named>(
    `${NAMED} WHERE instr(m.search_key, @key) > 0 AND fold_case(m.user_name) = @key ORDER BY m.pk DESC LIMIT 1`,
  );
  const rulesOf = createMappingRules(database);
  const counts = database.prepare<[object], { held: number; active: number }>(
    `SELECT count(*) AS held, coalesce(sum(is_active), 0) AS active
     FROM (SELECT DISTINCT * FROM (${holdersOf({ columns: `m.pk, ${IS_IN_FORCE} AS is_active` })}))`,
  );

  /** By which kinds of origin each of these holds it. */
  function kindsOf(pks: readonly number[], { kind, id }: TargetRef): Map<number, Set<GrantOrigin['origin']>> {
    const kinds = new Map(pks.map((pk) => [pk, new Set<GrantOrigin['origin']>()]));
    for (const [pk, origin, , teamId, , , roleId] of heldRows.all({ pks: JSON.stringify(pks) })) {
      if ((kind === 'team' ? teamId : roleId) === id) kinds.get(pk)?.add(origin);
    }
    return kinds;
  }

  return {
    originsOf(memberId) {
      const member = standing.get(memberId);
      if (!member) return [];
      return withoutRepetition(origins.all({ id: memberId }))
        .map((row) => toOrigin(row, member))
        .sort(byTarget);
    },
    held(memberId) {
      const member = standing.get(memberId);
      return (member && held([member.pk]).get(member.pk)) ?? NOTHING;
    },
    effective(memberId) {
      const member = standing.get(memberId);
      const isInForce = member?.state === 'active' && member.isCut === 0;
      return (isInForce ? held([member.pk]).get(member.pk) : undefined) ?? NOTHING;
    },
    holders({ kind, id }, { search, activeOnly, offset, limit }) {
      const text = foldCase(search?.trim() ?? '');
      const conditions = [
        'true',
        ...(activeOnly === true ? [IS_IN_FORCE] : []),
        ...(text === '' ? [] : ['instr(m.search_key, @text) > 0']),
      ];
      const set = holdersOf({ where: conditions.join(' AND ') });
      const asked = { kind, id, text, rules: JSON.stringify(rulesOf({ kind, id })) };
      const count = database.prepare<[object], number>(`SELECT count(DISTINCT pk) FROM (${set})`).pluck();
      const total = count.get(asked) ?? 0;
      const page = database.prepare<[object], HolderRow>(
        `SELECT m.pk, m.id, m.display_name AS displayName, m.user_name AS userName, m.state, ${IS_IN_FORCE} AS effective
         FROM member m ${total > MANY ? 'INDEXED BY member_order' : ''} WHERE m.pk IN (${set})
         ORDER BY m.sort_key, m.pk LIMIT @limit OFFSET @offset`,
      );
      const rows = page.all({ ...asked, limit, offset });
      const kinds = kindsOf(
        rows.map(({ pk }) => pk),
        { kind, id },
      );
      return {
        total,
        items: rows.map(({ pk, ...row }) => ({
          ...row,
          effective: row.effective === 1,
          origins: [...(kinds.get(pk) ?? [])],
        })),
      };
    },
    holderCounts: ({ kind, id }) =>
      counts.get({ kind, id, rules: JSON.stringify(rulesOf({ kind, id })) }) ?? { held: 0, active: 0 },
    person(memberId) {
      const row = person.get(memberId);
      return row && { ...row, isInForce: row.isInForce === 1 };
    },
    everyGrant(after, members) {
      const rows = nextMembers.all(after, members);
      const byPk = new Map(rows.map((row) => [row.pk, row]));
      const grants = new Map<string, HeldGrant>();
      for (const [pk, origin, , teamId, teamName, , roleId, roleName] of heldRows.all({
        pks: JSON.stringify([...byPk.keys()]),
      })) {
        const member = byPk.get(pk);
        if (!member) continue;
        const target: GrantOrigin['target'] =
          teamId === null
            ? { kind: 'role', id: roleId ?? '', name: roleName ?? '' }
            : { kind: 'team', id: teamId, name: teamName ?? '' };
        const id = `${member.id}/${target.kind}/${target.id}`;
        const known = grants.get(id);
        if (known === undefined) {
          const { id: memberId, userName } = member;
          grants.set(id, {
            id,
            memberId,
            userName,
            target,
            origins: [origin],
            effective: member.isInForce === 1,
          });
        } else if (!known.origins.includes(origin)) known.origins.push(origin);
      }
      return { grants: inOrderOf(rows, [...grants.values()]), after: rows.at(-1)?.pk ?? null };
    },
    findMember(text) {
      const key = foldCase(text);
      return byId.get(text) ?? byUserName.get(key) ?? byFormerName.get({ key });
    },
  };
}

/** Member by member, teams first, by name. */
function inOrderOf(members: readonly NextMember[], grants: readonly HeldGrant[]): HeldGrant[] {
  const place = new Map(members.map(({ id }, index) => [id, index]));
  return grants.toSorted(
    (a, b) =>
      (place.get(a.memberId) ?? 0) - (place.get(b.memberId) ?? 0) ||
      compare(b.target.kind, a.target.kind) ||
      compare(foldCase(a.target.name), foldCase(b.target.name)) ||
      compare(a.id, b.id),
  );
}

/** A group that the directory names need not be kept by a recall, too. */
function withoutRepetition(rows: readonly OriginRow[]): OriginRow[] {
  const named = new Set(
    rows.flatMap(({ id, membership }) =>
      membership === 'directory' || membership === 'leaving' ? [id] : [],
    ),
  );
  return rows.filter(({ id, membership }) => membership !== 'recall' || !named.has(id));
}

/** Teams first, by name without case; then by precedence. */
function byTarget(a: GrantOrigin, b: GrantOrigin): number {
  return (
    compare(b.target.kind, a.target.kind) ||
    compare(foldCase(a.target.name), foldCase(b.target.name)) ||
    compare(a.target.id, b.target.id) ||
    a.precedence - b.precedence ||
    compare(a.id ?? '', b.id ?? '')
  );
}

function toOrigin(row: OriginRow, member: Standing): GrantOrigin {
  const { groupId, groupName, membership } = row;
  const kind = row.teamId === null ? 'role' : 'team';
  const obstacle = reasonAgainst(row, kind);
  const whyNot = obstacle ?? reasonOf(member);
  return {
    id: row.id,
    target: { kind, id: row.teamId ?? row.roleId ?? '', name: row.teamName ?? row.roleName ?? '' },
    origin: row.origin,
    group: groupId === null ? null : { id: groupId, name: groupName },
    roleValue: row.roleValue,
    membership,
    paused: row.paused === 1,
    awaitingApproval: row.awaitingApproval === 1,
    by: row.by,
    at: row.at,
    note: row.note,
    precedence: row.precedence,
    holds: obstacle === null,
    effective: whyNot === null,
    whyNot,
  };
}

/** Why an origin gives nothing, whoever the member is, as a sentence; null while it does. */
function reasonAgainst(row: OriginRow, kind: 'team' | 'role'): string | null {
  if (row.isForbidden === 1) return 'This role is protected: a push never gives it.';
  if (row.membership === 'joining') {
    return 'The IdP put this person into the group, and observe mode has not applied it yet.';
  }
  if (row.paused === 1) return 'This link is paused: it gives nothing until somebody resumes it.';
  return row.awaitingApproval === 1 ? `It waits until somebody approves the ${kind} for this person.` : null;
}

/** Why nothing counts for a member now, as a sentence; null while it does. */
function reasonOf(member: Standing): string | null {
  if (member.state !== 'active') return `It is kept, but gives nothing while this person is ${member.state}.`;
  return member.isCut === 1 ? 'The IdP took the access away: it is cut until that is applied.' : null;
}
