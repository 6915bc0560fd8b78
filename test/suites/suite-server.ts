import { cp } from 'node:fs/promises';
import { rollcallJson, serve } from '../support/command-line.ts';
import { newDataDirectory, removeDataDirectory } from '../support/data-directory.ts';
import { type RawAnswer, rawRequest } from '../support/raw-http.ts';

type Headers = Readonly<Record<string, string>>;

/** A data directory with an organization and a token for it; nobody serves it yet. */
export interface PreparedOrganization {
  dataDirectory: string;
  token: string;
}

/**
 * Does with the real command line what an administrator does before a suite is pointed at the endpoint. Plain user
 * names are let in, because most suites invent some that are no e-mail addresses.
 */
export async function prepareOrganization(): Promise<PreparedOrganization> {
  const dataDirectory = await newDataDirectory();
  const rollcall = (...args: string[]) => rollcallJson([...args, '--data', dataDirectory], withoutKeyring());
  await rollcall('init', '--org', 'acme', '--name', 'Acme', '--try');
  await rollcall('policy', 'set', 'userName.email=false');
  const { token } = (await rollcall('token', 'create')) as { token: string };
  return { dataDirectory, token };
}

/** A `rollcall serve` of its own, with an empty directory, for one suite. */
export interface SuiteServer {
  /** The SCIM base URL, and the token that opens it. */
  base: string;
  token: string;
  stop(): Promise<void>;
}

/**
 * Serves a copy of the organization, so that suites neither meet nor wait for the same preparations again.
 * @param policy assignments for `rollcall policy set`, for example `profile=entra`
 */
export async function startSuiteServer(
  organization: PreparedOrganization,
  policy: readonly string[] = [],
): Promise<SuiteServer> {
  const dataDirectory = await newDataDirectory();
  await cp(organization.dataDirectory, dataDirectory, { recursive: true });
  if (policy.length > 0) {
    await rollcallJson(['policy', 'set', ...policy, '--data', dataDirectory], withoutKeyring());
  }
  const served = await serve(dataDirectory, [], withoutKeyring());
  return {
    base: served.endpoint,
    token: organization.token,
    async stop() {
      await served.stop('SIGTERM');
      await removeDataDirectory(dataDirectory);
    },
  };
}

/** The tokens of these throwaway installs have no business in the person's keyring. Matters on Linux only. */
function withoutKeyring(): NodeJS.ProcessEnv {
  return { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' };
}

/** One suite's HTTP client: its own headers on each request, and the token unless it names another. */
export interface SuiteClient {
  get(path: string, headers?: Headers): Promise<RawAnswer>;
  post(path: string, body: unknown, headers?: Headers): Promise<RawAnswer>;
  put(path: string, body: unknown, headers?: Headers): Promise<RawAnswer>;
  patch(path: string, body: unknown, headers?: Headers): Promise<RawAnswer>;
  delete(path: string, headers?: Headers): Promise<RawAnswer>;
}

/**
 * A client for a server that may still have to start.
 * @param headers sent exactly so on every request; a single request may override them
 */
export function suiteClient(server: () => SuiteServer, headers: Headers): SuiteClient {
  const send = (method: string, path: string, body?: unknown, more: Headers = {}): Promise<RawAnswer> => {
    const { base, token } = server();
    const url = /^https?:/.test(path) ? path : base + path;
    const all = { Authorization: `Bearer ${token}`, ...headers, ...more };
    if (body === undefined) return rawRequest(method, url, all);
    return rawRequest(method, url, all, typeof body === 'string' ? body : JSON.stringify(body));
  };
  return {
    get: (path, more) => send('GET', path, undefined, more),
    post: (path, body, more) => send('POST', path, body, more),
    put: (path, body, more) => send('PUT', path, body, more),
    patch: (path, body, more) => send('PATCH', path, body, more),
    delete: (path, more) => send('DELETE', path, undefined, more),
  };
}

/** A query string, percent-encoded. */
export function query(parameters: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `?${pairs.join('&')}`;
}

/** A PATCH body. */
export function patchOf(...operations: object[]): object {
  return { schemas: [PATCH_OP], Operations: operations };
}

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
export const SEARCH_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
export const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
