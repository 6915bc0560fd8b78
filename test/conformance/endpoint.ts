import { afterAll, beforeAll, expect } from 'vitest';
import type { ActivityDetail } from '../../src/shared/contract/activity.ts';
import { poll } from '../support/poll.ts';
import { type RawAnswer, rawRequest } from '../support/raw-http.ts';
import { type Answer, type RunningRollcall, startRollcall } from '../support/rollcall.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const SEARCH_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
export const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
export const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

type Headers = Record<string, string>;
// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever the server said
export type Json = any;

/** The endpoint that the tests of one file share. */
export interface Endpoint {
  readonly running: RunningRollcall;
  /** Names are made unique, so that the tests of a file don't meet. */
  unique(name: string): string;
  get(path: string, headers?: Headers): Promise<Answer>;
  post(path: string, body: unknown, headers?: Headers): Promise<Answer>;
  put(path: string, body: unknown, headers?: Headers): Promise<Answer>;
  /** PATCH with these operations. */
  patch(path: string, operations: unknown[], headers?: Headers): Promise<Answer>;
  delete(path: string, headers?: Headers): Promise<Answer>;
  /** GET of a list; parameters are percent-encoded. */
  list(path: string, parameters: Record<string, string | number>): Promise<Answer>;
  /** POST of a SearchRequest. */
  search(path: string, query: object): Promise<Answer>;
  bulk(operations: unknown[], more?: object): Promise<Answer>;
  /** One request with exactly these headers beside the token, the path as written. */
  raw(method: string, path: string, headers?: Headers, body?: string | Uint8Array): Promise<RawAnswer>;
  /** A new user with a name of its own; the body of the 201. */
  user(more?: object): Promise<Json>;
  group(more?: object): Promise<Json>;
  /** The row that a request left in the activity log. */
  activity(answer: Answer): Promise<ActivityDetail>;
}

/** Starts a server before the tests of a file, with user names of any form, and stops it after them. */
export function shareEndpoint(): Endpoint {
  let started: RunningRollcall | undefined;
  let names = 0;
  beforeAll(async () => {
    started = await startRollcall();
    await started.rollcall.services.policy.set({ 'userName.email': false });
  });
  afterAll(() => started?.close());

  const running = (): RunningRollcall => {
    if (started === undefined) throw new Error('the endpoint has not been started');
    return started;
  };
  const request: RunningRollcall['request'] = (...all) => running().request(...all);
  const created = async (path: string, body: object): Promise<Json> => {
    const answer = await request('POST', path, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  };
  const unique = (name: string): string => {
    names++;
    return `${name}-${names}`;
  };
  return {
    get running() {
      return running();
    },
    unique,
    get: (path, headers) => request('GET', path, undefined, headers),
    post: (path, body, headers) => request('POST', path, body, headers),
    put: (path, body, headers) => request('PUT', path, body, headers),
    patch: (path, Operations, headers) =>
      request('PATCH', path, { schemas: [PATCH_OP], Operations }, headers),
    delete: (path, headers) => request('DELETE', path, undefined, headers),
    list: (path, parameters) => {
      const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      return request('GET', `${path}?${query.join('&')}`);
    },
    search: (path, query) => request('POST', path, { schemas: [SEARCH_REQUEST], ...query }),
    bulk: (Operations, more) => request('POST', '/Bulk', { schemas: [BULK_REQUEST], Operations, ...more }),
    raw: (method, path, headers, body) =>
      rawRequest(
        method,
        running().base + path,
        {
          Host: new URL(running().base).host,
          Authorization: `Bearer ${running().token.token}`,
          ...headers,
        },
        body,
      ),
    user: (more) => created('/Users', { schemas: [USER], userName: unique('user'), ...more }),
    group: (more) => created('/Groups', { schemas: [GROUP], displayName: unique('group'), ...more }),
    activity: (answer) => {
      const { activity } = running().rollcall.services;
      const id = answer.headers.get('x-request-id');
      return poll(() => {
        const row = activity.list({ limit: 100, failed: false }).find(({ requestId }) => requestId === id);
        return row && activity.get(row.seq);
      }, `the activity row of request ${id}`);
    },
  };
}

/** An error as RFC 7644 section 3.12 has it: in body and header, its status a string, its detail not empty. */
export function expectError(answer: Answer | RawAnswer, status: number, scimType?: string): void {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  expect(headerOf(answer, 'content-type')).toBe('application/scim+json');
  expect(answer.body).toEqual({
    schemas: [ERROR],
    ...(scimType !== undefined && { scimType }),
    detail: expect.stringMatching(/\S/),
    status: String(status),
  });
}

export function headerOf({ headers }: Answer | RawAnswer, name: string): string | null {
  if (headers instanceof Headers) return headers.get(name);
  const value = headers[name];
  return value === undefined ? null : String(value);
}

/** What a page lists, by one attribute. */
export function listed(answer: Answer, attribute = 'userName'): string[] {
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.Resources.map((resource: Json) => resource[attribute]);
}
