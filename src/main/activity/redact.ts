import type { AttributeDefinition } from '../scim/schema/definition.ts';
import { isNeverStored } from '../scim/schema/definition.ts';
import type { Registry } from '../scim/schema/registry.ts';
import { maskTokens } from '../tokens/format.ts';

/** The most of a body that is kept, in UTF-16 units. */
const MAX_LENGTH = 16_384;
/** Deeper than any SCIM message; what lies below is left out. */
const MAX_DEPTH = 16;
/** The most of an answer: a page of a hundred users says no more in its end than in its beginning. */
const MAX_ANSWER = 4096;
/** How many spellings of names are remembered. */
const MAX_JUDGED = 1000;
const HIDDEN = '[not kept]';

/** The keys of SCIM messages that are not attributes of a resource. */
const MESSAGE_KEYS = [
  'schemas',
  'operations',
  'op',
  'path',
  'value',
  'totalresults',
  'startindex',
  'itemsperpage',
  'resources',
  'detail',
  'status',
  'scimtype',
  'filter',
  'attributes',
  'excludedattributes',
  'sortby',
  'sortorder',
  'count',
  'cursor',
  'nextcursor',
  'previouscursor',
  'method',
  'bulkid',
  'data',
  'response',
  'version',
  'location',
  'failonerrors',
  '$ref',
];

/** Makes the body of a request or answer fit to be kept. */
export type RedactBody = (text: string) => string;

/**
 * A body is kept by an allow-list: the value of a key survives only if the schemas know it as something that may be
 * shown again. A password, or whatever an IdP invents, leaves its name behind and nothing else.
 */
export function createRedaction(registry: Registry): RedactBody {
  const known = new Set(MESSAGE_KEYS);
  const secret = new Set<string>();
  const learn = (attribute: AttributeDefinition) => {
    if (isNeverStored(attribute)) {
      secret.add(attribute.name.toLowerCase());
      return;
    }
    known.add(attribute.name.toLowerCase());
    attribute.subAttributes?.forEach(learn);
  };
  for (const schema of registry.schemas) schema.attributes.forEach(learn);
  for (const name of ['id', 'externalid', 'meta', 'created', 'lastmodified', 'resourcetype']) known.add(name);
  // One extension's `password` must not show the core's.
  for (const name of secret) known.delete(name);
  const extensions = new Set(registry.schemas.map(({ id }) => id.toLowerCase()));

  /** `urn:…:User:manager.value`, `name.givenName`, `emails[type eq "work"].value`: every part must be known. */
  const judge = (name: string): boolean => {
    const folded = name.toLowerCase();
    if (known.has(folded) || extensions.has(folded)) return true;
    const unfiltered = folded.replace(/\[.*\]/s, '');
    const local = unfiltered.slice(unfiltered.lastIndexOf(':') + 1);
    return local !== '' && local.split('.').every((part) => known.has(part));
  };

  // Clients use the same few names for ever, each of them in thousands of requests.
  const judged = new Map<string, boolean>();
  const isKnown = (name: string): boolean => {
    const before = judged.get(name);
    if (before !== undefined) return before;
    const known = judge(name);
    if (judged.size < MAX_JUDGED) judged.set(name, known);
    return known;
  };

  const redact = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MAX_DEPTH) return HIDDEN;
    if (Array.isArray(value)) return value.map((element) => redact(element, depth + 1));
    const entries = Object.entries(value);
    const path = entries.find(([key]) => key.toLowerCase() === 'path')?.[1];
    const secretTarget = typeof path === 'string' && !isPathToResource(path) && !isKnown(path);
    return Object.fromEntries(
      entries.map(([key, inner]) => [
        isKnown(key) ? key : maskTokens(key),
        !isKnown(key) || (secretTarget && key.toLowerCase() === 'value') ? HIDDEN : redact(inner, depth + 1),
      ]),
    );
  };

  return (text) => {
    if (text === '') return '';
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      return `[${text.length} characters that are not JSON]`;
    }
    const kept = maskTokens(JSON.stringify(redact(parsed, 0)));
    return clip(kept, kept.length, MAX_LENGTH);
  };
}

/**
 * The body of an answer of ours. It holds nothing but what may be returned, so it needs no reading: a page of a hundred
 * users costs no more than a user.
 */
export function keepAnswer(text: string): string {
  // Cut first: what is left of a token at the end is masked like a whole one.
  return clip(maskTokens(text.slice(0, MAX_ANSWER)), text.length, MAX_ANSWER);
}

/** @param length of the whole text */
function clip(text: string, length: number, most: number): string {
  return length <= most ? text : `${text.slice(0, most)}… [${length - most} more characters]`;
}

/** In a bulk request `path` names a resource, not an attribute. */
function isPathToResource(path: string): boolean {
  return path.startsWith('/');
}
