import type { AttributeMapping, MappingFinding, ReceivedAttribute } from '../../shared/contract/mapping.ts';
import { isJsonObject, type JsonValue } from '../scim/json.ts';
import type { Attributes } from '../scim/resource.ts';

/** What the traffic of the last weeks shows beside the resources themselves. */
export interface Traffic {
  /** Names of attributes that were sent and ignored. */
  ignored: ReadonlySet<string>;
  /** Whether passwords were pushed, and dropped. */
  passwords: boolean;
}

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
/** A mistake of a mapping is made for everybody; a few odd values are not one. */
const MOST = 0.8;

/**
 * Finds the classic mistakes of an IdP's attribute mapping in what was really received (peers reference, items 10 and 27).
 * @param sample resources as stored; nothing is found in none.
 */
export function lintMapping(
  sample: readonly Attributes[],
  mapping: AttributeMapping,
  traffic: Traffic,
): MappingFinding[] {
  const findings: MappingFinding[] = [];
  const count = (holds: (user: Attributes) => boolean) => sample.filter(holds).length;
  const isMost = (people: number) => sample.length > 0 && people >= sample.length * MOST;
  const externalId = (user: Attributes) => (typeof user.externalId === 'string' ? user.externalId : '');
  const userName = (user: Attributes) => (typeof user.userName === 'string' ? user.userName : '');

  if (mapping.isActive && mapping.isActive.join() !== 'active') {
    findings.push({
      id: 'active-elsewhere',
      severity: 'warning',
      title: `Access follows ${mapping.isActive.join(', ')} and not active.`,
      consequence:
        'IdPs take access away by active. While it is not looked at, unassigning somebody may change nothing.',
      fix: 'Set isActive back to active, unless your IdP is known to say it elsewhere.',
      people: null,
    });
  }
  if (traffic.ignored.has('accountEnabled')) {
    findings.push({
      id: 'account-enabled',
      severity: 'danger',
      title: 'The IdP sends accountEnabled.',
      consequence:
        'It is ignored. An account can be enabled and no longer assigned here: such people would keep their access.',
      fix: 'Entra ID → Enterprise application → Provisioning → Attribute mapping: map active to Switch([IsSoftDeleted], , "False", "True", "True", "False"), and remove accountEnabled.',
      people: null,
    });
  }

  const without = count((user) => externalId(user) === '');
  if (isMost(without)) {
    findings.push({
      id: 'external-id-missing',
      severity: 'warning',
      title: 'People come without an externalId.',
      consequence:
        'Somebody who is deleted and created again can not be recognized, and waits in the conflict inbox.',
      fix: 'Map externalId to an identifier that never changes: objectId in Entra ID, user.getInternalProperty("id") in Okta.',
      people: without,
    });
  }
  const emails = count((user) => EMAIL.test(externalId(user)));
  const nicknames = count((user) => {
    const [local] = userName(user).split('@');
    return externalId(user) !== '' && externalId(user).toLowerCase() === local?.toLowerCase();
  });
  if (isMost(emails)) {
    findings.push({
      id: 'external-id-is-email',
      severity: 'danger',
      title: 'externalId is an e-mail address.',
      consequence:
        'An address changes and is given to somebody else later: that person would be taken for the one who left.',
      fix: 'Map externalId to an identifier that never changes: objectId in Entra ID, user.getInternalProperty("id") in Okta.',
      people: emails,
    });
  } else if (isMost(nicknames)) {
    findings.push({
      id: 'external-id-is-nickname',
      severity: 'danger',
      title: 'externalId is the name before the @ (mailNickname).',
      consequence:
        'It changes with a marriage and is given to the next of that name. It also never matches the oid at sign-in.',
      fix: 'Entra ID → Provisioning → Attribute mapping: map externalId to objectId, and read oid at sign-in.',
      people: nicknames,
    });
  }
  const silent = count((user) => !Array.isArray(user.emails) || user.emails.length === 0);
  if (isMost(silent)) {
    findings.push({
      id: 'no-emails',
      severity: 'hint',
      title: 'No emails are sent.',
      consequence: 'Without the rule that userName is the e-mail nobody would have one here.',
      fix: 'Map emails[type eq "work"].value to the mail attribute of your IdP.',
      people: silent,
    });
  }
  if (traffic.passwords) {
    findings.push({
      id: 'password-sync',
      severity: 'warning',
      title: 'The IdP pushes passwords.',
      consequence: 'They are dropped and never stored. But each push sends a password where none is needed.',
      fix: 'Okta → Provisioning → To App: switch "Sync Password" off. Others: remove password from the mapping.',
      people: null,
    });
  }
  return findings;
}

/** The attributes that were received, as sources of a mapping, the most frequent first. */
export function receivedAttributes(sample: readonly Attributes[]): ReceivedAttribute[] {
  const found = new Map<string, { people: number; example: string }>();
  for (const user of sample) {
    const own = new Map<string, string>();
    for (const [name, value] of Object.entries(user)) collect(own, name, value);
    for (const [path, example] of own) {
      const known = found.get(path);
      if (known) known.people++;
      else found.set(path, { people: 1, example });
    }
  }
  return [...found]
    .map(([path, seen]) => ({ path, ...seen }))
    .sort((a, b) => b.people - a.people || (a.path < b.path ? -1 : 1));
}

/** Notes the simple values under a name; values of a list by their type, as a filter would choose them. */
function collect(own: Map<string, string>, path: string, value: JsonValue | undefined): void {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    if (!own.has(path)) own.set(path, String(value).slice(0, 200));
  } else if (Array.isArray(value)) {
    for (const element of value) {
      if (!isJsonObject(element)) continue;
      const chosen =
        typeof element.type === 'string'
          ? `[type eq ${JSON.stringify(element.type)}]`
          : element.primary === true
            ? '[primary eq true]'
            : '';
      if (element.value !== undefined) collect(own, `${path}${chosen}.value`, element.value);
    }
  } else if (isJsonObject(value)) {
    const separator = path.startsWith('urn:') ? ':' : '.';
    for (const [name, inner] of Object.entries(value)) collect(own, `${path}${separator}${name}`, inner);
  }
}
