import type { StoredRow, StoreView } from './store-view.ts';

type Attributes = Record<string, unknown>;

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const NEVER_STORED = ['id', 'schemas', 'meta', 'groups', 'password'];
const PROTOTYPE = ['__proto__', 'constructor', 'prototype', 'polluted'];

/**
 * What is wrong with the store, row by row; works on whatever the server has committed.
 * @param profile of the server: under `rfc` an empty text is a value, everywhere else it means unassigned
 */
export function brokenInvariants(store: StoreView, profile = 'lenient'): string[] {
  const problems = store.selfCheck();
  const users = store.rows('directory_user');
  const groups = store.rows('directory_group');
  for (const row of users) problems.push(...rowProblems('User', row, profile));
  for (const row of groups) problems.push(...rowProblems('Group', row, profile));
  problems.push(
    ...emailProblems(store, users),
    ...memberProblems(store, users),
    ...teamProblems(store, groups),
  );
  for (const row of store.all(
    `SELECT m.group_pk FROM directory_membership m LEFT JOIN directory_group g ON g.pk = m.group_pk
     WHERE g.pk IS NULL OR m.member_id = ''`,
  ))
    problems.push(`a membership without a group or member: ${JSON.stringify(row)}`);
  return problems;
}

/** Compared as SCIM compares names: written down here once more, so that the store's own folding is checked. */
function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/ς/g, 'σ').normalize('NFC');
}

function rowProblems(type: 'User' | 'Group', row: StoredRow, profile: string): string[] {
  const problems: string[] = [];
  const say = (problem: string) => problems.push(`${type} ${row.id}: ${problem}`);
  let attributes: Attributes;
  try {
    attributes = JSON.parse(row.attributes) as Attributes;
  } catch {
    return [`${type} ${row.id}: attributes are no JSON`];
  }
  const name = attributes[type === 'User' ? 'userName' : 'displayName'];
  if (typeof name !== 'string' || name === '') say(`its name is ${JSON.stringify(name)}`);
  else if (row.key !== fold(name))
    say(`its key ${JSON.stringify(row.key)} is not that of ${JSON.stringify(name)}`);
  if (row.version < 1) say(`version ${row.version}`);
  if (!TIME.test(row.created) || !TIME.test(row.last_modified) || row.created > row.last_modified)
    say(`created ${row.created}, last modified ${row.last_modified}`);
  if (row.external_id !== (attributes.externalId ?? null)) say('external_id differs from externalId');
  if (type === 'User') {
    const { displayName, active } = attributes;
    const key = typeof displayName === 'string' ? fold(displayName) : null;
    if (row.display_name_key !== key) say('display_name_key differs from displayName');
    if (row.active !== (typeof active === 'boolean' ? Number(active) : null))
      say('the active column differs');
  } else if ('members' in attributes) say('members are stored in attributes');
  for (const never of NEVER_STORED) if (Object.hasOwn(attributes, never)) say(`${never} is stored`);
  problems.push(...valueProblems(attributes, `${type} ${row.id}`, profile === 'rfc'));
  return problems;
}

/** Unassigned is never stored as something, and at most one value is primary. */
function valueProblems(value: unknown, at: string, emptyText: boolean): string[] {
  if (value === null || (value === '' && !emptyText)) return [`${at}: ${JSON.stringify(value)} is stored`];
  if (typeof value === 'string')
    return !/\p{Surrogate}/u.test(value) ? [] : [`${at}: half a surrogate pair is stored`];
  if (typeof value !== 'object') return [];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${at}: ${JSON.stringify(value)} is stored`];
  const problems = entries.flatMap(([name, part]) => [
    ...(PROTOTYPE.includes(name) ? [`${at}: the key ${name} is stored`] : []),
    ...valueProblems(part, `${at}.${name}`, emptyText),
  ]);
  if (Array.isArray(value) && value.filter((each) => each?.primary === true).length > 1)
    problems.push(`${at}: more than one primary`);
  return problems;
}

function emailProblems(store: StoreView, users: readonly StoredRow[]): string[] {
  const stored = new Map<number, Set<string>>();
  for (const { user_pk, value_key } of store.all(
    "SELECT user_pk, value_key FROM directory_user_value WHERE path = 'emails.value'",
  )) {
    const keys = stored.get(Number(user_pk)) ?? new Set();
    stored.set(Number(user_pk), keys.add(String(value_key)));
  }
  return users.flatMap((row) => {
    const { emails } = JSON.parse(row.attributes) as { emails?: { value?: string }[] };
    const wanted = new Set((emails ?? []).flatMap(({ value }) => (value === undefined ? [] : [fold(value)])));
    const found = stored.get(row.pk) ?? new Set();
    return wanted.size === found.size && [...wanted].every((key) => found.has(key))
      ? []
      : [
          `User ${row.id}: looked-up e-mails ${JSON.stringify([...found])} instead of ${JSON.stringify([...wanted])}`,
        ];
  });
}

/** The access plane follows the directory plane: policy `activation` auto, `userName.email` off. */
function memberProblems(store: StoreView, users: readonly StoredRow[]): string[] {
  const problems: string[] = [];
  const byUser = new Map<unknown, Record<string, unknown>>();
  const rows = store.all(
    `SELECT m.*, e.status AS employee_status, e.department, e.manager_id FROM member m
     LEFT JOIN employee e ON e.member_id = m.id WHERE m.user_id IS NOT NULL`,
  );
  for (const row of rows) byUser.set(row.user_id, row);
  const contested = new Set(
    store.all("SELECT member_id FROM conflict WHERE state = 'open'").map((row) => row.member_id),
  );
  if (rows.length !== users.length) problems.push(`${users.length} users, but ${rows.length} linked members`);
  for (const user of users) {
    const member = byUser.get(user.id);
    if (!member) {
      problems.push(`User ${user.id} has no member`);
      continue;
    }
    const attributes = JSON.parse(user.attributes) as Attributes;
    const enterprise = (attributes[ENTERPRISE] ?? {}) as {
      department?: string;
      manager?: { value?: string };
    };
    const { givenName, familyName } = (attributes.name ?? {}) as { givenName?: string; familyName?: string };
    const isIn = contested.has(member.id) ? 'pending' : 'active';
    const wanted: Record<string, unknown> = {
      state: attributes.active === true ? isIn : 'suspended',
      origin: 'scim',
      external_id: attributes.externalId || null,
      user_name: attributes.userName,
      first_name: givenName || null,
      last_name: familyName || null,
      employee_status: 'active',
      department: enterprise.department || null,
      manager_id: enterprise.manager?.value || null,
    };
    for (const [name, value] of Object.entries(wanted)) {
      if (member[name] !== value)
        problems.push(
          `User ${user.id}: the member's ${name} is ${JSON.stringify(member[name])}, not ${JSON.stringify(value)}`,
        );
    }
  }
  // While the guard holds somebody, only the access is gone.
  const [gone] = store.all(
    `SELECT count(*) AS n FROM member WHERE user_id IS NULL AND state <> 'deactivated'
       AND NOT (state = 'suspended' AND held = 1 AND deactivate_at IS NOT NULL)`,
  );
  if (gone?.n !== 0) problems.push(`${gone?.n} members without a user are neither deactivated nor held`);
  return problems;
}

function teamProblems(store: StoreView, groups: readonly StoredRow[]): string[] {
  const teams = new Map(
    store.all('SELECT group_id, name, external_id FROM team').map((row) => [row.group_id, row]),
  );
  const problems = teams.size === groups.length ? [] : [`${groups.length} groups, but ${teams.size} teams`];
  for (const group of groups) {
    const { displayName, externalId = null } = JSON.parse(group.attributes) as Attributes;
    const team = teams.get(group.id);
    if (team?.name !== displayName || team?.external_id !== externalId)
      problems.push(`Group ${group.id}: its team is ${JSON.stringify(team)}`);
  }
  return problems;
}
