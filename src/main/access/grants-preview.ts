import { AppError } from '../../shared/app-error.ts';
import type {
  AffectedPerson,
  ChangePreview,
  GrantChange,
  GrantOrigin,
} from '../../shared/contract/grants.ts';
import type { Role } from '../../shared/contract/roles.ts';
import type { Grants } from './grants.ts';
import type { GrantRule, MappingStore, RuleChange } from './grants-mapping-store.ts';
import { describeMapping, type Mappings } from './grants-mappings.ts';
import { type Roles, whyKept } from './grants-roles.ts';
import type { GrantsStore, TargetRef } from './grants-store.ts';
import type { PageRequest } from './people.ts';

type Kind = GrantChange['kind'];
type ChangeOf<K extends Kind> = Extract<GrantChange, { kind: K }>;

/** What a change of grants would do, and to whom. Reads only. */
export interface GrantPreview {
  /** @throws {AppError} whatever the change itself would refuse, except for a change in between */
  preview(change: GrantChange, page: PageRequest): ChangePreview;
}

/** Previews of every change of grants, from the same sets as the grants themselves. */
export function createGrantPreview(deps: {
  store: GrantsStore;
  mappingStore: MappingStore;
  mappings: Pick<Mappings, 'get' | 'check'>;
  roles: Pick<Roles, 'get'>;
  grants: Pick<Grants, 'target' | 'recipient' | 'member'>;
}): GrantPreview {
  const { store, mappingStore, mappings, grants } = deps;

  function ofRules(target: TargetRef, name: string, change: RuleChange, page: PageRequest): ChangePreview {
    const affected = mappingStore.affected(target, change, page);
    return { ...affected, sentences: inSentences(affected, `the ${target.kind} “${name}”`), permissions: [] };
  }

  function ofPeople(people: readonly AffectedPerson[], more: string[], what: string, page: PageRequest) {
    const text = page.search?.trim().toLowerCase() ?? '';
    const found = people.filter(({ displayName, userName }) =>
      `${displayName}\n${userName}`.toLowerCase().includes(text),
    );
    const counts = {
      gains: people.filter(({ change, effective }) => effective && change === 'gains').length,
      losses: people.filter(({ change, effective }) => effective && change === 'loses').length,
      inert: people.filter(({ effective }) => !effective).length,
    };
    return {
      ...counts,
      sentences: [...inSentences(counts, what), ...more],
      items: found.slice(page.offset, page.offset + page.limit),
      total: found.length,
      permissions: [],
    };
  }

  function person(memberId: string, change: 'gains' | 'loses'): AffectedPerson {
    const { id, displayName, userName, state, isInForce } = required(store.person(memberId), memberId);
    return { id, displayName, userName, state, change, effective: isInForce };
  }

  /** Whether the origins still hold it once those are gone that the test names. */
  function holdsWithout(
    memberId: string,
    target: TargetRef,
    isGone: (origin: GrantOrigin) => boolean,
  ): boolean {
    return store
      .originsOf(memberId)
      .some(
        (origin) =>
          origin.target.kind === target.kind &&
          origin.target.id === target.id &&
          origin.holds &&
          !isGone(origin),
      );
  }

  function ofRole(role: Role, change: ChangeOf<'role.change'>, page: PageRequest): ChangePreview {
    const target: TargetRef = { kind: 'role', id: role.id };
    const permissions = change.permissions ?? role.permissions;
    const gained = permissions.filter((one) => !role.permissions.includes(one));
    const lost = role.permissions.filter((one) => !permissions.includes(one));
    const rules = mappingStore.rules(target);
    const sensitive = change.sensitive ?? role.sensitive;
    const reviewed = mappingStore
      .rules(target)
      .map(
        ([groupId, value, isReviewed]): GrantRule => [
          groupId,
          value,
          sensitive === role.sensitive ? isReviewed : sensitive ? 1 : reviewOf(groupId, value, target),
        ],
      );
    const byReview = ofRules(target, role.name, { before: rules, after: reviewed }, page);
    if (gained.length + lost.length === 0) return byReview;
    const { active, held } = role.holders;
    const applied = `This is applied to ${people(active)} who ${active === 1 ? 'holds' : 'hold'} the role “${role.name}” now.`;
    const isReviewChanged = byReview.gains + byReview.losses + byReview.inert > 0;
    const holders = store.holders(target, page);
    const kept = holders.items.map(({ origins: _, ...one }) => ({ ...one, change: 'keeps' as const }));
    return {
      ...byReview,
      sentences: [applied, ...(isReviewChanged ? byReview.sentences : [])],
      inert: held - active,
      // Who loses the role altogether matters more than who keeps it.
      ...(!isReviewChanged && { items: kept, total: holders.total }),
      permissions: [
        ...gained.map((permission) => ({
          permission,
          change: 'gains' as const,
          people: mappingStore.onlyBy(role.id, permission),
        })),
        ...lost.map((permission) => ({
          permission,
          change: 'loses' as const,
          people: mappingStore.onlyBy(role.id, permission),
        })),
      ],
    };
  }

  /** Whether a mapping of a role asks for approval by itself, were the role not sensitive. */
  function reviewOf(groupId: string | null, value: string | null, target: TargetRef): 0 | 1 {
    const source = groupId === null ? { roleValue: value ?? '' } : { groupId };
    const known = mappingStore.existing(source, target);
    return known && mappings.get(known.id).needsReview ? 1 : 0;
  }

  const previews: { [K in Kind]: (change: ChangeOf<K>, page: PageRequest) => ChangePreview } = {
    'mapping.add'(change, page) {
      mappings.check(change);
      const { source, target } = change;
      const rule: GrantRule = [
        'groupId' in source ? source.groupId : null,
        'roleValue' in source ? mappingStore.keyOf(source.roleValue) : null,
        change.needsReview || isSensitive(target) ? 1 : 0,
      ];
      if (target.kind === 'new-team') {
        return ofRules({ kind: 'team', id: '' }, target.name, { before: [], after: [rule] }, page);
      }
      const before = mappingStore.rules(target);
      return ofRules(target, grants.target(target).name, { before, after: [...before, rule] }, page);
    },
    'mapping.change'(change, page) {
      const mapping = mappings.get(change.id);
      const { target, pausedAt } = mapping;
      const others = mappingStore.rules(target, mapping.id);
      const paused = change.paused ?? pausedAt !== null;
      const needsReview = change.needsReview ?? mapping.needsReview;
      const rule: GrantRule = [
        mapping.group?.id ?? null,
        mapping.roleValue === null ? null : mappingStore.keyOf(mapping.roleValue),
        needsReview || mapping.sensitiveTarget ? 1 : 0,
      ];
      const before = mappingStore.rules(target);
      const after = paused || mapping.forbidden ? others : [...others, rule];
      const result = ofRules(target, target.name, { before, after }, page);
      const isReordered = change.precedence !== undefined && change.precedence !== mapping.precedence;
      if (!isReordered) return result;
      const order =
        'The order of roles may change for those who hold several: the lowest number comes first.';
      return { ...result, sentences: [...result.sentences, order] };
    },
    'mapping.remove'({ id }, page) {
      const mapping = mappings.get(id);
      const { target } = mapping;
      const change = { before: mappingStore.rules(target), after: mappingStore.rules(target, id) };
      const result = ofRules(target, target.name, change, page);
      return { ...result, sentences: [`Removes ${describeMapping(mapping)}.`, ...result.sentences] };
    },
    'grant.give'({ memberIds, target }, page) {
      const { name } = grants.target(target);
      const recipients = [...new Set(memberIds)].map((memberId) => grants.recipient(memberId).id);
      const gaining = recipients.filter((memberId) => !holdsWithout(memberId, target, () => false));
      const had = recipients.length - gaining.length;
      const more =
        had > 0
          ? [
              `${people(had)} ${had === 1 ? 'holds' : 'hold'} it already; by hand it stays, whatever the IdP does.`,
            ]
          : [];
      const affected = gaining.map((memberId) => person(memberId, 'gains'));
      return ofPeople(affected, more, `the ${target.kind} “${name}”`, page);
    },
    'grant.revoke'({ memberId, target }, page) {
      const { name } = grants.target(target);
      const { id } = grants.member(memberId);
      const stays = holdsWithout(id, target, ({ origin }) => origin === 'manual');
      const more = stays ? ['Something else gives it, too: it stays.'] : [];
      return ofPeople(stays ? [] : [person(id, 'loses')], more, `the ${target.kind} “${name}”`, page);
    },
    'grant.template'({ memberIds, roleId }, page) {
      const { name } = grants.target({ kind: 'role', id: roleId });
      const recipients = [...new Set(memberIds)].map((memberId) => grants.recipient(memberId).id);
      const gaining = recipients.filter(
        (memberId) => !holdsWithout(memberId, { kind: 'role', id: roleId }, () => false),
      );
      const more = ['The role template that they had goes, unless something else gives the same role.'];
      return ofPeople(
        gaining.map((memberId) => person(memberId, 'gains')),
        more,
        `the role “${name}”`,
        page,
      );
    },
    'role.change': (change, page) => ofRole(deps.roles.get(change.id), change, page),
    'role.remove'({ id }, page) {
      const role = deps.roles.get(id);
      const refusal = whyKept(role);
      const holders = store.holders({ kind: 'role', id }, page);
      return {
        sentences: [refusal ?? `Nobody holds the role “${role.name}”: nobody loses anything.`],
        gains: 0,
        losses: 0,
        inert: 0,
        items: holders.items.map(({ origins: _, ...one }) => ({ ...one, change: 'loses' })),
        total: holders.total,
        permissions: [],
      };
    },
    'team.remove'({ id }, page) {
      const { name } = grants.target({ kind: 'team', id });
      const counts = store.holderCounts({ kind: 'team', id });
      const holders = store.holders({ kind: 'team', id }, page);
      const affected = { gains: 0, losses: counts.active, inert: counts.held - counts.active };
      return {
        ...affected,
        sentences: inSentences(affected, `the team “${name}”`),
        items: holders.items.map(({ origins: _, ...one }) => ({ ...one, change: 'loses' })),
        total: holders.total,
        permissions: [],
      };
    },
  };

  function isSensitive(target: { kind: string; id?: string }): boolean {
    return target.kind === 'role' && deps.roles.get(target.id ?? '').sensitive;
  }

  return {
    preview: (change, page) =>
      (previews[change.kind] as (of: GrantChange, page: PageRequest) => ChangePreview)(change, page),
  };
}

function required<T>(value: T | undefined, memberId: string): T {
  if (value === undefined) throw new AppError('not-found', `There is no member ${memberId}.`);
  return value;
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

function inSentences(
  { gains, losses, inert }: { gains: number; losses: number; inert: number },
  what: string,
): string[] {
  const sentences = [
    ...(gains > 0 ? [`${people(gains)} ${gains === 1 ? 'gets' : 'get'} ${what}.`] : []),
    ...(losses > 0 ? [`${people(losses)} ${losses === 1 ? 'loses' : 'lose'} ${what}.`] : []),
  ];
  if (sentences.length === 0) sentences.push(`Nobody gets or loses ${what} now.`);
  if (inert > 0) {
    sentences.push(`For ${people(inert)} more it changes what they have once they are active.`);
  }
  return sentences;
}
