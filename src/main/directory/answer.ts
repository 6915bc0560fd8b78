import { createHash, randomUUID } from 'node:crypto';
import type { JsonObject } from '../scim/json.ts';
import { type Projection, projector, wants } from '../scim/projection.ts';
import { locationOf, represent } from '../scim/resource.ts';
import { findSubAttribute, hasDerivedReference } from '../scim/schema/definition.ts';
import type { Registry } from '../scim/schema/registry.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { withMembers } from './group-members.ts';
import type { AnswerRow, GroupName, MembershipStore, RenderedText, StoredResource } from './store.ts';

/** Grows when the same schemas are rendered otherwise: text that an older release stored is then not used. */
const RELEASE = 1;

/** Stands for the base URL in stored text. JSON escapes control characters, so no value can hold it. */
const BASE_MARK = '\u0001';

/** What stands for the base URL until it becomes {@link BASE_MARK}. Random, so that no client can send it. */
const PLACEHOLDER = `urn:uuid:${randomUUID()}`;

/**
 * Makes what clients see of a resource. The default representation is rendered once, when the resource is written, and
 * sent as text from then on: a page of a hundred users needs no JSON to be parsed or made. What changes without the
 * resource is put in when it is read: the base URL, a user's `groups`, a group's `members`.
 */
export interface Answers {
  /** What text of this type has to be made by today; a form that no row has when it can't be kept. */
  form(type: ResourceType): string;
  /** The text to keep beside a resource. */
  render(type: ResourceType, resource: StoredResource): RenderedText;
  /** A resource as JSON text, reduced by a projection. `base` is the SCIM base URL. */
  text(
    type: ResourceType,
    row: AnswerRow,
    base: string,
    projection: Projection,
    /** Created just now, under an id that nobody has seen: a user of that id is in no group. */
    isNew?: boolean,
  ): string;
  /** The same for several, with commas in between. */
  joined(type: ResourceType, rows: readonly AnswerRow[], base: string, projection: Projection): string;
  /**
   * Whole representations for filters and sort keys.
   * @param withDerived whether to look up a user's groups or a group's members too.
   */
  objects(type: ResourceType, rows: readonly AnswerRow[], base: string, withDerived: boolean): JsonObject[];
}

/** No row is of this form. */
const NEVER_KEPT = 'never-kept';

/** Binds answers to the schemas and to who is in which group. */
export function createAnswers({ groupType }: Registry, membership: MembershipStore): Answers {
  /** The attribute that other rows make: never part of the kept text. */
  const derivedOf = (type: ResourceType) => (type === groupType ? 'members' : 'groups');
  const forms = new Map<ResourceType, string>();

  function form(type: ResourceType): string {
    const known = forms.get(type);
    if (known !== undefined) return known;
    const made = canBeKept(type, derivedOf(type)) ? fingerprint(type) : NEVER_KEPT;
    forms.set(type, made);
    return made;
  }

  /** Everything but the derived attribute, attributes that are returned on request included. */
  function renderText(
    type: ResourceType,
    { attributes, id, created, lastModified, version }: StoredResource,
  ): string {
    const envelope = { id, created, lastModified, version, base: PLACEHOLDER };
    const { [derivedOf(type)]: _, ...others } = represent(type, attributes, envelope, membership);
    return JSON.stringify(others).replaceAll(PLACEHOLDER, BASE_MARK);
  }

  function textOf(type: ResourceType, row: AnswerRow): string {
    return 'text' in row ? row.text : renderText(type, row.resource);
  }

  function groupsText(groups: readonly GroupName[] | undefined): string {
    const elements = (groups ?? []).map(
      ({ id, displayName }) =>
        `{"value":${JSON.stringify(id)},"$ref":"${locationOf(BASE_MARK, groupType, id)}","display":${JSON.stringify(displayName)},"type":"direct"}`,
    );
    return `[${elements.join()}]`;
  }

  function membersText(groupId: string): string {
    const envelope = { id: groupId, created: '', lastModified: '', version: 0, base: PLACEHOLDER };
    const typed = membership.typedMembers(groupId);
    const types = new Map(typed.map(({ value, type }) => [value, type]));
    const typeOf = (id: string) => types.get(id);
    const { members = [] } = represent(groupType, withMembers({}, typed), envelope, { typeOf });
    return JSON.stringify(members).replaceAll(PLACEHOLDER, BASE_MARK);
  }

  /** Texts with a mark where the base URL belongs. */
  function marked(
    type: ResourceType,
    rows: readonly AnswerRow[],
    withDerived: boolean,
    isNew = false,
  ): string[] {
    const own = rows.map((row) => textOf(type, row));
    if (!withDerived) return own;
    const name = derivedOf(type);
    const groups =
      type === groupType ? undefined : membership.groupsOfAll(isNew ? [] : rows.map(({ id }) => id));
    return rows.map(({ id }, index) => {
      const value = groups ? groupsText(groups.get(id)) : membersText(id);
      return `${own[index]?.slice(0, -1)},"${name}":${value}}`;
    });
  }

  function joined(
    type: ResourceType,
    rows: readonly AnswerRow[],
    base: string,
    projection: Projection,
    isNew = false,
  ): string {
    const name = derivedOf(type);
    const whole = marked(type, rows, wants(type, projection, name), isNew);
    const isDefault = projection.mode === 'default' || leavesOut(type, projection, name);
    if (isDefault && form(type) !== NEVER_KEPT) return located(whole.join(), base);
    const reduce = projector(type, projection);
    return whole.map((text) => JSON.stringify(reduce(JSON.parse(located(text, base)) as JsonObject))).join();
  }

  return {
    form,
    render(type, resource) {
      const made = form(type);
      if (made === NEVER_KEPT) return { text: '', form: '' };
      return { text: renderText(type, resource), form: made };
    },
    text: (type, row, base, projection, isNew) => joined(type, [row], base, projection, isNew),
    joined,
    objects: (type, rows, base, withDerived) =>
      marked(type, rows, withDerived).map((text) => JSON.parse(located(text, base)) as JsonObject),
  };
}

/** Text with the base URL where it belongs: as JSON escapes it, since it is an operator's text. */
function located(text: string, base: string): string {
  return text.replaceAll(BASE_MARK, JSON.stringify(base).slice(1, -1));
}

/** Whether a projection does nothing but leave out the attribute: then the kept text is the answer. */
function leavesOut(type: ResourceType, { mode, names }: Projection, name: string): boolean {
  return mode === 'without' && names.every((each) => type.resolve(each)?.key === name);
}

/**
 * Text can be kept when nothing in it depends on another row (a reference that may be to a user or to a group does) and
 * when the default representation is all that a client can ask for.
 */
function canBeKept(type: ResourceType, derived: string): boolean {
  const schemas = [type.schema, ...type.extensions.map(({ schema }) => schema)];
  const attributes = schemas.flatMap((schema) => schema.attributes).filter(({ name }) => name !== derived);
  return attributes.every((attribute) => {
    const parts = [attribute, ...(attribute.subAttributes ?? [])];
    const targets = findSubAttribute(attribute, '$ref')?.referenceTypes ?? [];
    return (
      parts.every(({ returned }) => returned !== 'request') &&
      !(hasDerivedReference(attribute) && targets.length > 1)
    );
  });
}

/** Names the schemas and the release that a text was made by. */
function fingerprint(type: ResourceType): string {
  const schemas = [type.schema, ...type.extensions.map(({ schema }) => schema)];
  return createHash('sha256')
    .update(JSON.stringify([RELEASE, schemas]))
    .digest('base64url')
    .slice(0, 12);
}
