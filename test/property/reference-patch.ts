/**
 * PATCH as RFC 7644 §3.5.2 and section 3.6 of the protocol reference have it: slow, obvious, on plain objects, and
 * without a line of the core. It knows a handful of attributes, one or two of each kind.
 */

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };
export type Resource = { [name: string]: Value };

type Simple = 'text' | 'boolean';

/** What the schema says about an attribute. */
export type Fact =
  | { readonly kind: 'text'; readonly required?: true }
  | { readonly kind: 'boolean'; readonly required?: undefined }
  | { readonly kind: 'complex'; readonly parts: { readonly [name: string]: Simple } }
  /** A multi-valued complex attribute. */
  | { readonly kind: 'list'; readonly parts: { readonly [name: string]: Simple } }
  /** The same, identified by `value`, which is immutable (`members`). */
  | { readonly kind: 'references'; readonly parts: { readonly [name: string]: Simple } };

const PLURAL = { value: 'text', display: 'text', type: 'text', primary: 'boolean' } as const;

/** By where the attribute is stored: extension attributes behind the URN and a space. */
export const FACTS: { readonly [place: string]: Fact } = {
  userName: { kind: 'text', required: true },
  title: { kind: 'text' },
  externalId: { kind: 'text' },
  active: { kind: 'boolean' },
  name: { kind: 'complex', parts: { givenName: 'text', familyName: 'text' } },
  emails: { kind: 'list', parts: PLURAL },
  roles: { kind: 'list', parts: PLURAL },
  [`${ENTERPRISE} department`]: { kind: 'text' },
  [`${ENTERPRISE} manager`]: { kind: 'complex', parts: { value: 'text' } },
};

export const GROUP_FACTS: { readonly [place: string]: Fact } = {
  displayName: { kind: 'text', required: true },
  externalId: { kind: 'text' },
  members: { kind: 'references', parts: { value: 'text', display: 'text' } },
};

/** A filter in brackets: its text, what it means for an element, and the element it describes, if it describes one. */
export interface Choice {
  readonly text: string;
  readonly holds: (element: Resource) => boolean;
  readonly seed: Resource | undefined;
}

/** One change of one attribute; a path-less operation is several. */
export interface Change {
  readonly op: 'add' | 'replace' | 'remove';
  readonly place: string;
  readonly choice?: Choice | undefined;
  readonly part?: string | undefined;
  /** undefined when there is none. */
  readonly value?: Value | undefined;
}

/** The `scimType` of a refusal. */
export type Refusal = 'invalidValue' | 'mutability' | 'noTarget';

export class Refused extends Error {
  readonly scimType: Refusal;
  constructor(scimType: Refusal) {
    super(scimType);
    this.scimType = scimType;
  }
}

export interface Model {
  readonly facts: { readonly [place: string]: Fact };
  /** Whether a filter without a match creates the element it describes (protocol reference 1.11). */
  readonly creates: boolean;
}

/** All changes or, by throwing {@link Refused}, none. What is wrong whatever the resource holds is found first. */
export function patchByTheBook(model: Model, resource: Resource, changes: readonly Change[]): Resource {
  for (const change of changes) refuseSenseless(factOf(model, change.place), change);
  let patched = structuredClone(resource);
  for (const change of changes) patched = carryOut(model, patched, change);
  return patched;
}

function factOf({ facts }: Model, place: string): Fact {
  const fact = facts[place];
  if (fact === undefined) throw new Error(`The model does not know ${place}.`);
  return fact;
}

const isObject = (value: Value | undefined): value is Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** "Unassigned", null and empty are the same (RFC 7643 §2.5), and Okta's empty text too. */
const isNothing = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function readSimple(kind: Simple, value: Value): Value {
  if (kind === 'text') {
    if (typeof value !== 'string') throw new Refused('invalidValue');
    return value;
  }
  if (value === true || value === 'True') return true;
  if (value === false || value === 'False') return false;
  throw new Refused('invalidValue');
}

/** An element as it is stored; undefined when it says nothing, or has an empty `value`. */
function readElement(parts: { readonly [name: string]: Simple }, value: Value): Resource | undefined {
  if (isNothing(value)) return undefined;
  const object = isObject(value) ? value : { value };
  if (Object.hasOwn(object, 'value') && isNothing(object.value)) return undefined;
  const element = readParts(parts, object);
  for (const name of Object.keys(element)) if (element[name] === null) delete element[name];
  return Object.keys(element).length === 0 ? undefined : element;
}

/** The known parts, null for those to be cleared. */
function readParts(parts: { readonly [name: string]: Simple }, object: Resource): Resource {
  const read: Resource = {};
  for (const [name, value] of Object.entries(object)) {
    const kind = parts[name];
    if (kind === undefined) continue;
    read[name] = isNothing(value) ? null : readSimple(kind, value);
  }
  return read;
}

function readList(fact: Extract<Fact, { kind: 'list' | 'references' }>, value: Value): Resource[] {
  const elements = (Array.isArray(value) ? value : [value])
    .map((element) => readElement(fact.parts, element))
    .filter((element) => element !== undefined);
  if (fact.kind === 'references') {
    if (elements.some((element) => element.value === undefined)) throw new Refused('invalidValue');
    return elements.filter((each, i) => elements.findIndex(({ value: id }) => id === each.value) === i);
  }
  const first = elements.find(({ primary }) => primary === true);
  return elements.map((each) =>
    each.primary === true && each !== first ? { ...each, primary: false } : each,
  );
}

function refuseSenseless(fact: Fact, { op, choice, part, value }: Change): void {
  const target = part === undefined ? 'whole' : 'part';
  if (op === 'remove') {
    if ('required' in fact && fact.required) throw new Refused('mutability');
    if (fact.kind === 'references' && part === 'value') throw new Refused('mutability');
    if (fact.kind === 'list' && target === 'whole' && choice === undefined && !isNothing(value)) {
      readListed(fact, value ?? null);
    }
    return;
  }
  if (value === undefined) throw new Refused('invalidValue');
  if (fact.kind === 'text' || fact.kind === 'boolean') {
    if (!isNothing(value)) readSimple(fact.kind, value);
    else if (fact.required) throw new Refused('invalidValue');
    return;
  }
  if (part !== undefined) {
    if (!isNothing(value)) readSimple(fact.parts[part] ?? 'text', value);
    else if (fact.kind === 'references' && part === 'value') throw new Refused('mutability');
    return;
  }
  if (fact.kind === 'complex' || choice !== undefined) {
    if (!isNothing(value)) readParts(fact.parts, isObject(value) ? value : { value });
    return;
  }
  readList(fact, value);
}

/** The elements a removal lists; those that identify nothing are left out. */
function readListed(fact: Extract<Fact, { kind: 'list' | 'references' }>, value: Value): Resource[] {
  return (Array.isArray(value) ? value : [value])
    .map((element) => readElement(fact.parts, element))
    .filter((element) => element !== undefined);
}

function carryOut(model: Model, resource: Resource, change: Change): Resource {
  const fact = factOf(model, change.place);
  const [holder, name] = change.place.includes(' ')
    ? (change.place.split(' ') as [string, string])
    : [undefined, change.place];
  const container = holder === undefined ? resource : (resource[holder] ?? {});
  if (!isObject(container)) throw new Error(`${holder} is no object.`);
  const changed = changeAttribute(model, fact, container[name], change);
  const rest = { ...container };
  delete rest[name];
  if (!isNothing(changed) && !(isObject(changed) && Object.keys(changed).length === 0)) {
    rest[name] = changed as Value;
  }
  if (holder === undefined) return rest;
  const { [holder]: _before, ...others } = resource;
  return Object.keys(rest).length === 0 ? others : { ...others, [holder]: rest };
}

function changeAttribute(
  model: Model,
  fact: Fact,
  current: Value | undefined,
  change: Change,
): Value | undefined {
  const { op, part, value = null } = change;
  switch (fact.kind) {
    case 'text':
    case 'boolean':
      return op === 'remove' || isNothing(value) ? undefined : readSimple(fact.kind, value);
    case 'complex': {
      const object = isObject(current) ? current : {};
      if (part !== undefined) {
        return setPart(object, part, op === 'remove' ? null : value, fact.parts[part] ?? 'text');
      }
      if (op === 'remove' || isNothing(value)) return undefined;
      // Sub-attributes that are not mentioned stay, in a replace too (§3.5.2.3).
      return merge(object, readParts(fact.parts, isObject(value) ? value : { value }));
    }
    default:
      return changeList(model, fact, Array.isArray(current) ? (current as Resource[]) : [], change);
  }
}

function setPart(object: Resource, part: string, value: Value, kind: Simple): Resource {
  const { [part]: _before, ...rest } = object;
  return isNothing(value) ? rest : { ...rest, [part]: readSimple(kind, value) };
}

function merge(object: Resource, parts: Resource): Resource {
  const merged = { ...object, ...parts };
  for (const name of Object.keys(merged)) if (merged[name] === null) delete merged[name];
  return merged;
}

/** An element together with whether this change made it what it is. */
interface Tracked {
  readonly element: Resource;
  readonly touched: boolean;
}

/** An object of names nobody knows asks for nothing. */
const asksNothing = (fact: Extract<Fact, { kind: 'list' | 'references' }>, value: Value): boolean =>
  isObject(value) && !Object.keys(value).some((name) => fact.parts[name] !== undefined);

function changeList(
  model: Model,
  fact: Extract<Fact, { kind: 'list' | 'references' }>,
  elements: readonly Resource[],
  change: Change,
): Resource[] {
  const { op, choice, part, value = null } = change;
  if (op !== 'remove' && part === undefined && asksNothing(fact, value)) return [...elements];
  const kept = elements.map((element) => ({ element, touched: false }));
  if (choice === undefined && part === undefined) {
    if (op === 'remove')
      return isNothing(change.value) && !Array.isArray(change.value) ? [] : without(fact, elements, value);
    const given = readList(fact, value).map((element) => ({ element, touched: true }));
    if (op === 'replace') return demote(given);
    const added = given.filter(({ element }) => !elements.some((each) => isSame(fact, each, element)));
    return demote([...kept, ...added]);
  }
  const chosen = (element: Resource): boolean => choice === undefined || choice.holds(element);
  const clears = op === 'remove' || isNothing(value);
  if (part === undefined && clears) {
    // Adding nothing changes nothing; replacing with nothing takes away.
    return op === 'add' ? [...elements] : elements.filter((element) => !chosen(element));
  }
  if (clears) {
    return elements.flatMap((element) => {
      if (!chosen(element)) return [element];
      const cleared = setPart(element, part ?? '', null, 'text');
      return Object.keys(cleared).every((name) => name === 'type' || name === 'primary') ? [] : [cleared];
    });
  }
  if (!elements.some(chosen))
    return demote([...kept, { element: create(model, fact, change), touched: true }]);
  return unique(
    fact,
    demote(
      elements.map((element) =>
        chosen(element)
          ? { element: changeElement(fact, element, change), touched: true }
          : { element, touched: false },
      ),
    ),
  );
}

function changeElement(
  fact: Extract<Fact, { kind: 'list' | 'references' }>,
  element: Resource,
  { op, choice, part, value = null }: Change,
): Resource {
  const wanted =
    part === undefined
      ? readParts(fact.parts, isObject(value) ? value : { value })
      : { [part]: readSimple(fact.parts[part] ?? 'text', value) };
  if (fact.kind === 'references' && Object.hasOwn(wanted, 'value') && wanted.value !== element.value) {
    throw new Refused('mutability');
  }
  if (part !== undefined || op === 'add' || fact.kind === 'references') return merge(element, wanted);
  // "replaced" means that nothing of the old element stays, except what made the filter choose it.
  return merge(choice?.seed ?? {}, wanted);
}

function create(
  { creates }: Model,
  fact: Extract<Fact, { kind: 'list' | 'references' }>,
  { choice, part, value = null }: Change,
): Resource {
  const seed = choice === undefined ? {} : choice.seed;
  if (!creates || seed === undefined || fact.kind === 'references') throw new Refused('noTarget');
  if (part !== undefined) return { ...seed, [part]: readSimple(fact.parts[part] ?? 'text', value) };
  return merge(seed, readParts(fact.parts, isObject(value) ? value : { value }));
}

function isSame(fact: Fact, a: Resource, b: Resource): boolean {
  if (fact.kind === 'references') return a.value === b.value;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

function unique(fact: Fact, elements: readonly Resource[]): Resource[] {
  if (fact.kind !== 'references') return [...elements];
  return elements.filter((each, i) => elements.findIndex(({ value }) => value === each.value) === i);
}

/** A listed element means those with its `value`, and its `type` if it has one. */
function without(
  fact: Extract<Fact, { kind: 'list' | 'references' }>,
  elements: readonly Resource[],
  listed: Value,
): Resource[] {
  const gone = readListed(fact, listed);
  const same = (a: Value | undefined, b: Value | undefined): boolean =>
    typeof a === 'string' && typeof b === 'string' && fact.kind === 'list'
      ? a.toLowerCase() === b.toLowerCase()
      : a === b;
  return elements.filter(
    (element) =>
      !gone.some((each) =>
        each.value === undefined
          ? element.value === undefined && isSame(fact, each, element)
          : same(each.value, element.value) &&
            (fact.kind === 'references' || each.type === undefined || each.type === element.type),
      ),
  );
}

/** The first value that has become primary takes that from the others (§3.5.2). */
function demote(tracked: readonly Tracked[]): Resource[] {
  const newest = tracked.find(({ element, touched }) => touched && element.primary === true);
  return tracked.map((each) =>
    newest === undefined || each === newest || each.element.primary !== true
      ? each.element
      : { ...each.element, primary: false },
  );
}
