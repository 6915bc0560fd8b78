import type { ActivityDetail, ActivityRow } from '../../shared/contract/activity.ts';
import type { ActivityEntry, ActivityStore, RuleUse } from '../activity/activity.ts';
import type { Database } from './database.ts';

const ROW = `seq, request_id AS requestId, time, idp, token_id AS tokenId, token_name AS tokenName, address, method, path,
  status, reason, scim_type AS scimType, duration_ms AS durationMs, resource_type AS resourceType,
  resource_id AS resourceId, subject, rules`;
const DETAIL = `${ROW}, user_agent AS userAgent, query, request_body AS requestBody, response_body AS responseBody, steps,
  changed, ignored`;

/** So many of the last requests say what an IdP sends in vain. */
const IGNORED_ROWS = 5000;

type StoredRow = Omit<ActivityRow, 'rules'> & { rules: string };
type StoredDetail = Omit<ActivityDetail, 'steps' | 'changed' | 'ignored' | 'rules'> & {
  rules: string;
  steps: string;
  changed: string;
  ignored: string;
};

/** The request log on SQLite, in a file of its own. */
export function createActivityStore(database: Database): ActivityStore {
  const insert = database.prepare(
    `INSERT INTO request (request_id, time, idp, token_id, token_name, address, method, path, query, user_agent, status,
       failed, wrote, reason, scim_type, duration_ms, resource_type, resource_id, subject, rules, steps, changed,
       ignored, request_body, response_body)
     VALUES (@requestId, @time, @idp, @tokenId, @tokenName, @address, @method, @path, @query, @userAgent, @status,
       @failed, @wrote, @reason, @scimType, @durationMs, @resourceType, @resourceId, @subject, @rules, @steps, @changed,
       @ignored, @requestBody, @responseBody)`,
  );
  const use = database.prepare(
    `INSERT INTO token_use (token_id, last_used_at, last_used_from, uses) VALUES (@tokenId, @time, @address, 1)
     ON CONFLICT (token_id) DO UPDATE SET uses = uses + 1,
       last_used_from = CASE WHEN excluded.last_used_at >= last_used_at THEN excluded.last_used_from ELSE last_used_from END,
       last_used_at = max(last_used_at, excluded.last_used_at)`,
  );
  const get = database.prepare<[number], StoredDetail>(`SELECT ${DETAIL} FROM request WHERE seq = ?`);
  const useRule = database.prepare(
    `INSERT INTO rule_use (rule, idp, fired, last_fired_at) VALUES (@rule, @idp, @fired, @lastFiredAt)
     ON CONFLICT (rule, idp) DO UPDATE SET fired = fired + excluded.fired,
       last_fired_at = max(last_fired_at, excluded.last_fired_at)`,
  );
  const ruleUses = database.prepare<[], RuleUse>(
    `SELECT rule, nullif(idp, '') AS idp, fired, last_fired_at AS lastFiredAt FROM rule_use
     ORDER BY rule, fired DESC, idp`,
  );
  const ignored = database
    .prepare<[number], string>(
      `SELECT DISTINCT value FROM (SELECT ignored FROM request ORDER BY seq DESC LIMIT ?), json_each(ignored)`,
    )
    .pluck();
  const lastUse = database.prepare<[string], { lastUsedAt: string; lastUsedFrom: string }>(
    'SELECT last_used_at AS lastUsedAt, last_used_from AS lastUsedFrom FROM token_use WHERE token_id = ?',
  );
  const firstAuthenticated = database
    .prepare<[], string>(
      'SELECT time FROM request WHERE token_id IS NOT NULL AND status NOT IN (401, 0) ORDER BY seq LIMIT 1',
    )
    .pluck();
  const lastWrite = database
    .prepare<[], string>('SELECT time FROM request WHERE wrote = 1 ORDER BY seq DESC LIMIT 1')
    .pluck();
  const last = database.prepare<[], string>('SELECT time FROM request ORDER BY seq DESC LIMIT 1').pluck();
  const lastFailure = database.prepare<[], { time: string; status: number; reason: string | null }>(
    'SELECT time, status, reason FROM request WHERE failed = 1 ORDER BY seq DESC LIMIT 1',
  );
  const hour = database.prepare<[string], { total: number; failed: number; ours: number }>(
    `SELECT count(*) AS total, coalesce(sum(failed), 0) AS failed,
       coalesce(sum(failed AND token_id IS NOT NULL), 0) AS ours FROM request WHERE time >= ?`,
  );

  const appendAll = database.transaction((entries: readonly ActivityEntry[]) => {
    let first = 0;
    for (const entry of entries) {
      const failed = entry.status >= 400 || entry.status === 0;
      const { lastInsertRowid } = insert.run({
        ...entry,
        failed: failed ? 1 : 0,
        wrote: entry.wrote ? 1 : 0,
        rules: entry.rules.length === 0 ? '[]' : JSON.stringify(entry.rules),
        steps: JSON.stringify(entry.steps),
        changed: JSON.stringify(entry.changed),
        ignored: JSON.stringify(entry.ignored),
      });
      first ||= Number(lastInsertRowid);
      // A refused token was presented, not used.
      if (entry.tokenId !== null && entry.status !== 401) use.run(entry);
    }
    for (const ruleUse of usesOf(entries)) useRule.run({ ...ruleUse, idp: ruleUse.idp ?? '' });
    return first;
  });

  return {
    append: (entries) => appendAll.immediate(entries),
    list({ before, limit, failed, search, rule }) {
      const { conditions, parameters } = narrowed({ failed, rule });
      if (before !== undefined) {
        conditions.push('seq < ?');
        parameters.push(before);
      }
      const needle = search?.trim() ?? '';
      if (needle !== '') {
        conditions.push(`instr(lower(method || ' ' || path || ' ' || coalesce(query, '') || ' ' || status || ' ' || coalesce(subject, '')
          || ' ' || coalesce(resource_id, '') || ' ' || coalesce(reason, '') || ' ' || coalesce(idp, '') || ' ' || token_name
          || ' ' || address || ' ' || request_id), lower(?)) > 0`);
        parameters.push(needle);
      }
      const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
      return database
        .prepare<unknown[], StoredRow>(`SELECT ${ROW} FROM request ${where} ORDER BY seq DESC LIMIT ?`)
        .all(...parameters, limit)
        .map(withRules);
    },
    since(seq, limit, failed, rule) {
      const { conditions, parameters } = narrowed({ failed, rule });
      const where = ['seq > ?', ...conditions].join(' AND ');
      return database
        .prepare<unknown[], StoredRow>(`SELECT ${ROW} FROM request WHERE ${where} ORDER BY seq LIMIT ?`)
        .all(seq, ...parameters, limit)
        .map(withRules);
    },
    get(seq) {
      const row = get.get(seq);
      return (
        row && {
          ...withRules(row),
          steps: JSON.parse(row.steps) as string[],
          changed: JSON.parse(row.changed) as string[],
          ignored: JSON.parse(row.ignored) as string[],
        }
      );
    },
    summary: (hourAgo) => ({
      firstAuthenticatedAt: firstAuthenticated.get() ?? null,
      lastWriteAt: lastWrite.get() ?? null,
      lastAt: last.get() ?? null,
      lastFailure: lastFailure.get() ?? null,
      lastHour: hour.get(hourAgo) ?? { total: 0, failed: 0, ours: 0 },
    }),
    ruleUses: () => ruleUses.all(),
    ignoredAttributes: () => new Set(ignored.all(IGNORED_ROWS)),
    lastUse: (tokenId) => lastUse.get(tokenId),
  };
}

/** The conditions that the indexes on failures and on rules serve. */
function narrowed({ failed, rule }: { failed: boolean; rule?: string | undefined }): {
  conditions: string[];
  parameters: (string | number)[];
} {
  const conditions = failed ? ['failed = 1'] : [];
  if (rule === undefined) return { conditions, parameters: [] };
  return {
    conditions: [...conditions, "rules <> '[]'", 'instr(rules, ?) > 0'],
    parameters: [JSON.stringify(rule)],
  };
}

function withRules<Row extends { rules: string }>(row: Row): Omit<Row, 'rules'> & { rules: string[] } {
  return { ...row, rules: JSON.parse(row.rules) as string[] };
}

/** What a batch adds to the counts: one row for each rule and IdP in it. */
function usesOf(entries: readonly ActivityEntry[]): Iterable<RuleUse> {
  const uses = new Map<string, RuleUse>();
  for (const { rules, idp, time } of entries) {
    for (const rule of rules) {
      const key = `${rule}/${idp ?? ''}`;
      const use = uses.get(key) ?? { rule, idp, fired: 0, lastFiredAt: time };
      use.fired += 1;
      if (time > use.lastFiredAt) use.lastFiredAt = time;
      uses.set(key, use);
    }
  }
  return uses.values();
}
