import { expect, type Page } from '@playwright/test';
import type { CallName, InputOf, OutputOf } from '../../src/shared/contract/index.ts';
import { runEntra, runOkta } from '../support/idp-traffic.ts';
import { send } from '../support/rollcall.ts';
import { PEOPLE, person } from './people.ts';

/** Whom and what the tour opens, by id. */
export interface Scene {
  lead: string;
  suspended: string;
  cut: string;
  employee: string;
  team: string;
  role: string;
  conflict: string;
}

/** Fills an organization until no page is empty: people who work, wait, contradict each other and were cut off. */
export async function setTheScene(page: Page, base: string, token: string, smtpPort: number): Promise<Scene> {
  const authorization = { Authorization: `Bearer ${token}` };
  const push = async (path: string, body: object): Promise<string> => {
    const answer = await send('POST', base + path, body, authorization);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body.id;
  };
  const group = (displayName: string, ids: readonly string[]) =>
    push('/Groups', { displayName, members: ids.map((value) => ({ value })) });

  await runOkta({ base, token });
  await runEntra({ base, token });
  await setUpMail(page, smtpPort);

  const ids: string[] = [];
  for (let number = 0; number < PEOPLE; number++) {
    const managerId = number === 0 ? undefined : number < 6 ? ids[0] : ids[1 + (number % 5)];
    ids.push(await push('/Users', person(number, managerId)));
  }
  const member = async (number: number): Promise<string> =>
    (await rpc(page, 'members.list', { search: person(number).userName })).items[0]?.id ?? '';
  const [boss, lead, suspended, cut] = [
    await member(0),
    await member(1),
    await member(2),
    await member(PEOPLE - 1),
  ];
  const cutOff = ids.slice(-60);
  await group('Engineering', [...ids.slice(0, 2), ...ids.slice(10, 90)]);
  await group('Finance and controlling, subsidiaries in Europe, the Middle East and Africa', cutOff);
  const payroll = await group('Payroll', ids.slice(1, 6));

  const { role, team } = await grantThings(page, { boss, lead, payroll });
  const reason = 'Laptop lost at the airport; waits for the security team.';
  await rpc(page, 'members.suspend', { ids: [suspended], reason });
  await rpc(page, 'operators.add', {
    name: 'Priya Nguyen',
    email: 'priya.nguyen@acme.com',
    permission: 'admin',
  });
  const viewer = { name: 'Oskar Brandt', email: 'oskar.brandt@acme.com', permission: 'viewer' } as const;
  await rpc(page, 'operators.add', viewer);

  await rpc(page, 'policy.set', { activation: 'review', 'review.domains': ['acme.com'] });
  const newcomers = ['Noor Aziz', 'Liam Byrne', 'Chiara Rossi-Montgomery of Westhaven', 'Yusuf Demir'];
  for (const [at, displayName] of newcomers.entries()) {
    const userName = `${displayName.split(' ')[0]?.toLowerCase()}@contractors.example`;
    const user = { userName, displayName, active: true, title: 'Contractor', externalId: `x${at}` };
    await push('/Users', { ...user, emails: [{ value: userName, primary: true }] });
  }
  // Only where a userName need not be an e-mail address do two people come with one.
  await rpc(page, 'policy.set', { 'userName.email': false });
  for (const number of [3, 7]) {
    const { displayName, emails } = person(number);
    const userName = `${displayName.replace(' ', '.').toLowerCase()}.2@acme.com`;
    await push('/Users', { userName, displayName, emails, active: true, title: 'Consultant' });
  }
  await rpc(page, 'policy.set', { 'userName.email': true });
  const conflict = (await rpc(page, 'conflicts.list', {})).items[0]?.id ?? '';

  for (const id of cutOff) await send('DELETE', `${base}/Users/${id}`, undefined, authorization);
  await rpc(page, 'policy.set', { apply: 'observe' });
  await group('Customer support, second line', ids.slice(20, 28));
  await push('/Users', { ...person(PEOPLE), userName: 'mila.horvat@acme.com', displayName: 'Mila Horvat' });
  await send('DELETE', `${base}/Users/${ids[30]}`, undefined, authorization);

  await send('POST', `${base}/Users`, { userName: 'no e-mail' }, authorization);
  await send('GET', `${base}/Users`, undefined, { Authorization: 'Bearer nonsense' });
  const employee = (await rpc(page, 'employees.list', { search: person(0).displayName })).items[0]?.id ?? '';
  return { lead, suspended, cut, employee, team, role, conflict };
}

/** Asks the main process as the console does; an error ends the tour. */
export async function rpc<N extends CallName>(page: Page, name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const envelope = await page.evaluate(([call, given]) => window.rollcall.call(call, given), [
    name,
    input,
  ] as const);
  if (!envelope.ok) throw new Error(`${name}: ${JSON.stringify(envelope.error)}`);
  return envelope.value as OutputOf<N>;
}

async function setUpMail(page: Page, port: number): Promise<void> {
  await rpc(page, 'mail.saveServer', {
    server: {
      ...{ host: 'localhost', port, security: 'none', user: null, certificates: null },
      ...{ senderName: 'Acme IT', senderAddress: 'it@acme.com' },
    },
    signInUrl: 'https://acme.com/sign-in',
  });
  await rpc(page, 'policy.set', { 'mail.welcome': true });
}

/** A team and a role of the organization's own, given by mapping and by hand. */
async function grantThings(page: Page, { boss, lead, payroll }: Record<'boss' | 'lead' | 'payroll', string>) {
  const { id: role } = await rpc(page, 'roles.create', {
    name: 'Payroll administrator',
    description: 'Sees and changes salaries. Given only after somebody approved it.',
    permissions: ['members.view', 'payroll.salaries.edit'],
    sensitive: true,
  });
  const auditor = await rpc(page, 'roles.create', { name: 'Auditor', permissions: ['members.view'] });
  await rpc(page, 'mappings.add', { source: { groupId: payroll }, target: { kind: 'role', id: role } });
  const { id: team } = await rpc(page, 'teams.create', { name: 'Crisis response' });
  await rpc(page, 'mappings.add', {
    source: { roleValue: 'internal-audit' },
    target: { kind: 'role', id: auditor.id },
  });
  await rpc(page, 'grants.give', {
    memberIds: [boss, lead],
    target: { kind: 'team', id: team },
    note: 'On call from January.',
  });
  return { role, team };
}
