import type { ActivityRow } from '../../../shared/contract/activity.ts';

/** The part of a path that tells requests apart: what follows the organization's endpoint. */
export function shortPath(path: string): string {
  const short = path.replace(/^\/scim\/v2\/[^/?]+/, '');
  return short === '' ? path : short;
}

const THINGS: Record<string, string> = { User: 'a person', Group: 'a group' };

function discovery(path: string): string | undefined {
  if (/\/ServiceProviderConfig\/?$/.test(path)) return 'Asked what this endpoint can do.';
  if (/\/ResourceTypes(\/|$)/.test(path)) return 'Asked which kinds of resources there are.';
  if (/\/Schemas(\/|$)/.test(path)) return 'Asked which attributes there are.';
  return undefined;
}

function read(row: ActivityRow, thing: string): string {
  if (row.resourceId) return `Read ${row.subject ?? thing}.`;
  if (/\/Users(\/|\?|$)/.test(row.path)) {
    return 'Looked for people. Connection tests do this; finding nobody is a good answer.';
  }
  if (/\/Groups(\/|\?|$)/.test(row.path)) return 'Looked for groups.';
  return 'Read from the endpoint.';
}

const DONE: Record<string, string> = {
  POST: 'Created',
  PUT: 'Replaced',
  PATCH: 'Changed',
  DELETE: 'Deleted',
};

/** What a request was about, in plain words: the server's own sentence if it left one, else read off the request. */
export function explainRequest(row: ActivityRow): string {
  if (row.reason) return row.reason;
  if (row.status === 0) return 'The caller hung up before the answer.';
  if (row.status === 401) return 'Refused: the token was missing or does not open this endpoint.';
  if (row.status >= 400) return 'Refused; open the request for its steps.';

  const thing = THINGS[row.resourceType ?? ''] ?? 'a resource';
  const asked = discovery(row.path);
  if (asked) return asked;
  if (row.method === 'GET' || row.method === 'HEAD') return read(row, thing);
  if (/\/\.search\/?$/.test(row.path)) return 'Searched.';
  if (/\/Bulk\/?$/.test(row.path)) return 'Ran several operations in one request.';
  return `${DONE[row.method] ?? row.method} ${row.subject ?? thing}.`;
}
