import { randomUUID } from 'node:crypto';

/** One exchange as it went over the wire. */
export interface Exchanged {
  method: string;
  path: string;
  status: number;
}

/** What an IdP's provisioning run left behind. */
export interface ProvisioningRun {
  exchanges: Exchanged[];
  people: { userName: string; id: string; active: boolean }[];
  groupName: string;
}

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

interface Connection {
  base: string;
  token: string;
}

type Body = Record<string, unknown>;
// biome-ignore lint/suspicious/noExplicitAny: the answers of a server under test
type Json = any;

/**
 * Sends requests as one product's client does and stops at the first answer that it would not accept.
 * Shapes: Okta's and Microsoft's published references, see test/cases/cases-public.json for the sources.
 */
function createClient({ base, token }: Connection, headers: Record<string, string>) {
  const exchanges: Exchanged[] = [];
  const send = async (
    method: string,
    path: string,
    expected: readonly number[],
    body?: Body,
  ): Promise<Json> => {
    const response = await fetch(base + path, {
      method,
      headers: { ...headers, Authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    exchanges.push({ method, path, status: response.status });
    if (!expected.includes(response.status)) {
      throw new Error(
        `${method} ${path}: expected ${expected.join(' or ')}, came ${response.status} ${text}`,
      );
    }
    return text === '' ? undefined : JSON.parse(text);
  };
  return { exchanges, send };
}

/** Okta with an OIN application: connection test, two people assigned, a group pushed, one person unassigned. */
export async function runOkta(connection: Connection): Promise<ProvisioningRun> {
  const { exchanges, send } = createClient(connection, {
    'User-Agent': 'Okta SCIM Client 1.0.0',
    Accept: 'application/scim+json',
    'Accept-Charset': 'utf-8',
    'Content-Type': 'application/scim+json; charset=utf-8',
  });
  await send('GET', '/Users?startIndex=1&count=2', [200]);
  await send('GET', '/Groups?startIndex=1&count=100', [200]);

  const assign = async (userName: string, givenName: string, familyName: string) => {
    const filter = encodeURIComponent(`userName eq "${userName}"`);
    const found = await send('GET', `/Users?filter=${filter}&startIndex=1&count=100`, [200]);
    if (found.totalResults !== 0) throw new Error(`${userName} exists already`);
    const user = await send('POST', '/Users', [201], {
      schemas: [USER],
      userName,
      name: { givenName, familyName },
      emails: [{ primary: true, value: userName, type: 'work' }],
      displayName: `${givenName} ${familyName}`,
      locale: 'en-US',
      externalId: `00u${userName.length}${givenName}`,
      groups: [],
      password: '1mz050nq',
      active: true,
    });
    return user.id as string;
  };
  const olive = await assign('olive.okta@example.com', 'Olive', 'Okta');
  const oscar = await assign('oscar.okta@example.com', 'Oscar', 'Okta');

  const read = await send('GET', `/Users/${olive}`, [200]);
  await send('PUT', `/Users/${olive}`, [200], {
    ...read,
    name: { givenName: 'Olivia', middleName: '', familyName: 'Okta' },
    displayName: 'Olivia Okta',
  });

  await send(
    'GET',
    `/Groups?filter=${encodeURIComponent('displayName eq "Okta Engineering"')}&startIndex=1&count=100`,
    [200],
  );
  const group = await send('POST', '/Groups', [201], {
    schemas: [GROUP],
    displayName: 'Okta Engineering',
    members: [],
  });
  await send('PATCH', `/Groups/${group.id}`, [200, 204], {
    schemas: [PATCH_OP],
    Operations: [
      { op: 'add', path: 'members', value: [olive, oscar].map((value) => ({ value, display: 'member' })) },
    ],
  });
  await send('PATCH', `/Groups/${group.id}`, [200, 204], {
    schemas: [PATCH_OP],
    Operations: [{ op: 'replace', value: { id: group.id, displayName: 'Okta Platform' } }],
  });

  await send('PATCH', `/Users/${oscar}`, [200, 204], {
    schemas: [PATCH_OP],
    Operations: [{ op: 'replace', value: { active: false } }],
  });
  return {
    exchanges,
    people: [
      { userName: 'olive.okta@example.com', id: olive, active: true },
      { userName: 'oscar.okta@example.com', id: oscar, active: false },
    ],
    groupName: 'Okta Platform',
  };
}

/** Entra ID without the compliance flag: Test Connection, two people, changes, a group, one soft delete. */
export async function runEntra(connection: Connection): Promise<ProvisioningRun> {
  const { exchanges, send } = createClient(connection, {
    'User-Agent': 'Microsoft.Entra.Provisioning',
    Accept: 'application/scim+json',
    'Content-Type': 'application/scim+json; charset=utf-8',
  });
  await send('GET', `/Users?filter=${encodeURIComponent(`userName eq "${randomUUID()}"`)}`, [200]);
  await send(
    'GET',
    `/Groups?excludedAttributes=members&filter=${encodeURIComponent(`displayName eq "${randomUUID()}"`)}`,
    [200],
  );

  const provision = async (userName: string, givenName: string, department: string) => {
    const externalId = randomUUID();
    await send('GET', `/Users?filter=${encodeURIComponent(`externalId eq "${externalId}"`)}`, [200]);
    const user = await send('POST', '/Users', [201], {
      schemas: [USER, ENTERPRISE],
      externalId,
      userName,
      active: true,
      addresses: null,
      displayName: `${givenName} Entra`,
      emails: [{ type: 'work', value: userName, primary: true }],
      meta: { resourceType: 'User' },
      name: { formatted: `${givenName} Entra`, familyName: 'Entra', givenName },
      title: null,
      [ENTERPRISE]: { employeeNumber: `E-${givenName.length}`, department },
      roles: [],
    });
    return user.id as string;
  };
  const emma = await provision('emma.entra@example.com', 'Emma', 'Finance');
  const eric = await provision('eric.entra@example.com', 'Eric', 'Sales');

  await send('PATCH', `/Users/${emma}`, [200, 204], {
    schemas: [PATCH_OP],
    Operations: [
      { op: 'Replace', path: 'displayName', value: 'Emma E. Entra' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'emma@example.com' },
      { op: 'Add', path: 'title', value: 'Controller' },
      { op: 'Add', path: `${ENTERPRISE}:manager`, value: eric },
    ],
  });
  const group = await send('POST', '/Groups', [201], {
    schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
    externalId: randomUUID(),
    displayName: 'Entra Finance',
    meta: { resourceType: 'Group' },
  });
  await send('GET', `/Groups/${group.id}?excludedAttributes=members`, [200]);
  for (const value of [emma, eric]) {
    await send('PATCH', `/Groups/${group.id}`, [200, 204], {
      schemas: [PATCH_OP],
      Operations: [{ op: 'Add', path: 'members', value: [{ $ref: null, value }] }],
    });
  }
  await send('PATCH', `/Groups/${group.id}`, [200, 204], {
    schemas: [PATCH_OP],
    Operations: [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: eric }] }],
  });
  await send('PATCH', `/Users/${eric}`, [200, 204], {
    schemas: [PATCH_OP],
    Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
  });
  return {
    exchanges,
    people: [
      { userName: 'emma.entra@example.com', id: emma, active: true },
      { userName: 'eric.entra@example.com', id: eric, active: false },
    ],
    groupName: 'Entra Finance',
  };
}
