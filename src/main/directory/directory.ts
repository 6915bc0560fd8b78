import { v7 as newId } from 'uuid';
import type { Access, Written } from '../access/access.ts';
import type { Audit } from '../audit/audit.ts';
import { badRequest, notFound, preconditionFailed, uniqueness } from '../scim/error.ts';
import { matchesIfMatch } from '../scim/etag.ts';
import { jsonEqual } from '../scim/json.ts';
import type { ListQuery } from '../scim/list-query.ts';
import { applyPatch } from '../scim/patch/apply.ts';
import { type MembershipChange, splitMembership } from '../scim/patch/membership.ts';
import { readPatch } from '../scim/patch/read.ts';
import type { Tolerate } from '../scim/profile.ts';
import type { Projection } from '../scim/projection.ts';
import type { Attributes } from '../scim/resource.ts';
import type { Registry } from '../scim/schema/registry.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { readResource } from '../scim/validate.ts';
import { createAnswers } from './answer.ts';
import { membersOf, toStoredMember, withMembers, withoutMembers } from './group-members.ts';
import { type ListAnswer, type ListContext, listResources } from './list.ts';
import { type Operations, refuseUnlessOn, refuseUserChange } from './operations.ts';
import { createReadingPlaces } from './reading-places.ts';
import type { AnswerRow, DirectoryStore, RenderedText, ResourceStore, StoredResource } from './store.ts';

/** What a request brings along beside its body. */
export interface RequestContext {
  /** Who writes, for the audit trail: `token:<id>`. */
  actor: string;
  /** The SCIM base URL for `meta.location`, from the configuration. */
  base: string;
  /** Which departures from the RFC are let through. */
  tolerate: Tolerate;
  /** D11: whether a `userName` must be an e-mail address. */
  userNameIsEmail: boolean;
  /** M13: what the administrator left on. */
  operations: Operations;
  projection: Projection;
  ifMatch: string | undefined;
  /** Whether the answer shows the resource; otherwise no representation is made. */
  wantsResource: boolean;
}

/** What a write did. */
export interface WriteOutcome {
  /** The resource as JSON text, as the projection wants it; undefined when it isn't shown. */
  text: string | undefined;
  id: string;
  version: number;
  /** The name by which a person knows the resource. */
  subject: string;
  /** Canonical names of the attributes that changed; empty for a no-op. */
  changed: readonly string[];
  /** What was sent and ignored. */
  ignored: readonly string[];
  /** A sentence for each change to the access plane. */
  effects: readonly string[];
}

/** The SCIM protocol on the directory plane. Every method throws `ScimError` and nothing else for bad input. */
export interface Directory {
  create(type: ResourceType, body: unknown, context: RequestContext): Promise<WriteOutcome>;
  read(
    type: ResourceType,
    id: string,
    context: RequestContext,
  ): { text: string; version: number; subject: string };
  /** Resources of one type, or of several together (`POST /.search` at the root). */
  list(types: readonly ResourceType[], query: ListQuery, context: ListContext): Promise<ListAnswer>;
  replace(type: ResourceType, id: string, body: unknown, context: RequestContext): Promise<WriteOutcome>;
  patch(type: ResourceType, id: string, body: unknown, context: RequestContext): Promise<WriteOutcome>;
  remove(
    type: ResourceType,
    id: string,
    context: RequestContext,
  ): Promise<{ subject: string; effects: readonly string[] }>;
}

/**
 * A PATCH of a group with more members than this is answered without a body, unless attributes are asked for (RFC 7644
 * section 3.5.2 permits both). To add one to 100,000 would otherwise write 13 MB to the client, each time.
 */
const LARGE_GROUP = 100;

/** One address, no spaces: what every IdP means by an e-mail as user name. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$|^[^\s@]+@localhost$/;

/** Binds the SCIM core to the store: each write and what follows from it in the access plane are one transaction. */
export function createDirectory(deps: {
  registry: Registry;
  store: DirectoryStore;
  access: Access;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
}): Directory {
  const { registry, store, access, audit, write } = deps;
  const { groupType } = registry;
  const { membership } = store;
  const rows = (type: ResourceType): ResourceStore => (type === groupType ? store.groups : store.users);

  const answers = createAnswers(registry, membership);
  const places = createReadingPlaces(() => deps.now().getTime());

  function find(type: ResourceType, id: string): StoredResource {
    const stored = rows(type).find(id);
    if (!stored) throw missing(type, id);
    return stored;
  }

  /**
   * Refuses what no other resource and no policy permits. The e-mail rule speaks of a `userName` that is being set: who
   * was stored before the rule, or under another one, must still be deactivated at once.
   */
  function refuseUnusable(
    type: ResourceType,
    before: StoredResource | undefined,
    attributes: Attributes,
    context: RequestContext,
  ): void {
    const { userName } = attributes;
    const setsUserName = type !== groupType && userName !== before?.attributes.userName;
    if (setsUserName && context.userNameIsEmail && !(typeof userName === 'string' && EMAIL.test(userName))) {
      throw badRequest(
        'invalidValue',
        `userName must be the user's e-mail address, but is ${JSON.stringify(userName)}.`,
        'Map userName to the e-mail address in the IdP, or turn the policy userName.email off.',
      );
    }
    if (rows(type).isTaken(attributes, before?.id)) {
      const [name, value] =
        type === groupType ? ['displayName', attributes.displayName] : ['userName', userName];
      throw uniqueness(`Another ${type.name} has the ${name} ${JSON.stringify(value)}.`);
    }
  }

  /** Never before the previous change, even when the clock was set back. */
  function timestamp(previous?: string): string {
    const now = deps.now().toISOString();
    return previous !== undefined && previous > now ? previous : now;
  }

  function touch(type: ResourceType, id: string, actor: string, written?: Written): string[] {
    return access.reconcile(type === groupType ? { groups: [id] } : { users: [id] }, actor, written);
  }

  function outcome(
    type: ResourceType,
    stored: StoredResource,
    rendered: RenderedText | undefined,
    context: RequestContext,
    done: Pick<WriteOutcome, 'changed' | 'ignored' | 'effects'>,
    isNew = false,
  ): WriteOutcome {
    const { id, version } = stored;
    const text = context.wantsResource
      ? answers.text(type, answerRow(type, stored, rendered), context.base, context.projection, isNew)
      : undefined;
    return { text, id, version, subject: subjectOf(stored.attributes), ...done };
  }

  /** What was just written, as it would be read. */
  function answerRow(
    type: ResourceType,
    stored: StoredResource,
    rendered: RenderedText | undefined,
  ): AnswerRow {
    const place = { pk: 0, id: stored.id };
    return rendered?.form === answers.form(type)
      ? { ...place, text: rendered.text }
      : { ...place, resource: stored };
  }

  function commit(
    type: ResourceType,
    before: StoredResource,
    attributes: Attributes,
    changed: readonly string[],
    ignored: readonly string[],
    context: RequestContext,
  ): WriteOutcome {
    if (changed.length === 0)
      return outcome(type, before, undefined, context, { changed, ignored, effects: [] });
    const after: StoredResource = {
      ...before,
      attributes,
      version: before.version + 1,
      lastModified: timestamp(before.lastModified),
    };
    if (type === groupType) refuseUnlessOn(context.operations, 'operations.syncGroups');
    else refuseUserChange(context.operations, changed, before.attributes, attributes);
    const rendered = answers.render(type, after);
    rows(type).update(before, after, rendered);
    audit.record('directory.updated', after.id, { type: type.name, changed: [...changed] }, context.actor);
    const effects = touch(type, after.id, context.actor, { attributes, isNew: false });
    if (changed.includes('roles') && !context.operations['operations.syncRoles'])
      effects.push(ROLES_UNAPPLIED);
    return outcome(type, after, rendered, context, { changed, ignored, effects });
  }

  /** A group that grew large is not sent back with every change to it, unless the client names attributes. */
  function sparing(type: ResourceType, id: string, context: RequestContext): RequestContext {
    const isLarge =
      type === groupType && context.projection.mode === 'default' && membership.hasMoreThan(id, LARGE_GROUP);
    return isLarge ? { ...context, wantsResource: false } : context;
  }

  function requireVersion(stored: StoredResource, context: RequestContext): void {
    if (!matchesIfMatch(context.ifMatch, stored.version)) throw preconditionFailed();
  }

  function changeMembership(id: string, change: MembershipChange): boolean {
    switch (change.kind) {
      case 'add':
        return membership.add(id, change.members.map(toStoredMember));
      case 'remove':
        return membership.remove(id, change.values);
      case 'replace':
        return membership.replace(id, change.members.map(toStoredMember));
      case 'clear':
        return membership.replace(id, []);
    }
  }

  return {
    async create(type, body, context) {
      const { attributes: asserted, ignored } = readResource(type, body, {
        mode: 'create',
        tolerate: context.tolerate,
      });
      const attributes = type === groupType ? withoutMembers(asserted) : asserted;
      return write(() => {
        const creating = type === groupType ? 'operations.syncGroups' : 'operations.createUsers';
        refuseUnlessOn(context.operations, creating);
        refuseUnusable(type, undefined, attributes, context);
        const created = timestamp();
        const stored: StoredResource = {
          id: newId(),
          attributes,
          version: 1,
          created,
          lastModified: created,
        };
        const rendered = answers.render(type, stored);
        rows(type).insert(stored, rendered);
        if (type === groupType) membership.add(stored.id, membersOf(asserted));
        audit.record('directory.created', stored.id, { type: type.name }, context.actor);
        const effects = touch(type, stored.id, context.actor, { attributes, isNew: true });
        const changed = Object.keys(asserted);
        if (changed.includes('roles') && !context.operations['operations.syncRoles'])
          effects.push(ROLES_UNAPPLIED);
        return outcome(type, stored, rendered, context, { changed, ignored, effects }, true);
      });
    },

    read(type, id, context) {
      const found = rows(type).answer(id, answers.form(type));
      if (!found) throw missing(type, id);
      const text = answers.text(type, found.row, context.base, context.projection);
      return { text, version: found.version, subject: found.name };
    },

    list: (types, query, context) =>
      listResources(
        types.map((type) => ({ type, store: rows(type) })),
        query,
        context,
        { answers, places, now: deps.now },
      ),

    async replace(type, id, body, context) {
      return write(() => {
        const before = find(type, id);
        requireVersion(before, context);
        const current =
          type === groupType
            ? withMembers(before.attributes, membership.typedMembers(id))
            : before.attributes;
        const { attributes: asserted, ignored } = readResource(type, body, {
          mode: 'replace',
          current,
          tolerate: context.tolerate,
        });
        const attributes = type === groupType ? withoutMembers(asserted) : asserted;
        refuseUnusable(type, before, attributes, context);
        const changed = differing(before.attributes, attributes);
        if (type === groupType && membership.replace(id, membersOf(asserted))) changed.push('members');
        return commit(type, before, attributes, changed, ignored, context);
      });
    },

    async patch(type, id, body, context) {
      return write(() => {
        const before = find(type, id);
        requireVersion(before, context);
        const { operations, ignored } = readPatch(type, body, context.tolerate);
        if (type !== groupType) {
          const { attributes, changed } = applyPatch(type, before.attributes, operations, context.tolerate);
          if (changed.length > 0) refuseUnusable(type, before, attributes, context);
          return commit(type, before, attributes, changed, ignored, context);
        }

        const split = splitMembership(operations);
        if (split.membership === 'needs-members') {
          const current = withMembers(before.attributes, membership.typedMembers(id));
          const { attributes, changed } = applyPatch(type, current, operations, context.tolerate);
          refuseUnusable(type, before, attributes, context);
          membership.replace(id, membersOf(attributes));
          return commit(
            type,
            before,
            withoutMembers(attributes),
            changed,
            ignored,
            sparing(type, id, context),
          );
        }
        const { attributes, changed } = applyPatch(type, before.attributes, split.others, context.tolerate);
        if (changed.length > 0) refuseUnusable(type, before, attributes, context);
        const moved = split.membership.map((change) => changeMembership(id, change)).some(Boolean);
        const all = moved ? [...changed, 'members'] : changed;
        return commit(type, before, attributes, all, ignored, sparing(type, id, context));
      });
    },

    async remove(type, id, context) {
      return write(() => {
        const before = find(type, id);
        requireVersion(before, context);
        const removing = type === groupType ? 'operations.syncGroups' : 'operations.deleteUsers';
        refuseUnlessOn(context.operations, removing);
        const groups = membership.groupsOf(id);
        for (const group of groups) {
          const stored = store.groups.find(group.id);
          if (!stored || !membership.remove(group.id, [id])) continue;
          const changed: StoredResource = {
            ...stored,
            version: stored.version + 1,
            lastModified: timestamp(stored.lastModified),
          };
          store.groups.update(stored, changed, answers.render(groupType, changed));
        }
        rows(type).remove(id);
        audit.record('directory.deleted', id, { type: type.name }, context.actor);
        const effects =
          type === groupType
            ? access.reconcile({ groups: [id] }, context.actor)
            : access.reconcile({ users: [id], formerGroups: groups.map((group) => group.id) }, context.actor);
        return { subject: subjectOf(before.attributes), effects };
      });
    },
  };
}

const ROLES_UNAPPLIED = 'The roles are stored and give nothing: operations.syncRoles is off.';

function missing(type: ResourceType, id: string): Error {
  return notFound(`There is no ${type.name} with the id "${id}".`);
}

function subjectOf(attributes: Attributes): string {
  const name = attributes.userName ?? attributes.displayName;
  return typeof name === 'string' ? name : '';
}

/** Names of the attributes whose values differ. */
function differing(before: Attributes, after: Attributes): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !jsonEqual(before[name], after[name]));
}
