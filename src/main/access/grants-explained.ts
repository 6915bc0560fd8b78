import type { ExplainedGrant, GrantLever, GrantOrigin } from '../../shared/contract/grants.ts';

/** The origins of one member's grants, a grant a team or role, in words. Keeps their order. */
export function explainGrants(
  memberId: string,
  displayName: string,
  origins: readonly GrantOrigin[],
): ExplainedGrant[] {
  const grants = new Map<string, GrantOrigin[]>();
  for (const origin of origins) {
    const id = `${memberId}/${origin.target.kind}/${origin.target.id}`;
    grants.set(id, [...(grants.get(id) ?? []), origin]);
  }
  return [...grants].flatMap(([id, all]) => {
    const [first] = all;
    if (!first) return [];
    const { target } = first;
    const effective = all.filter((origin) => origin.effective);
    const reasons = effective.length > 0 ? effective.map(becauseOf) : [...new Set(all.map(whyNot))];
    const what = `the ${target.kind} “${target.name}”`;
    const why =
      effective.length > 0
        ? `${displayName} has ${what} ${listOf(reasons)}.`
        : `${displayName} doesn't have ${what} now. ${reasons.join(' ')}`;
    return {
      id,
      target,
      effective: effective.length > 0,
      why,
      byHand: all.some(({ origin }) => origin === 'manual'),
      origins: all.map((origin) => ({
        ...origin,
        sentence: `${capitalized(becauseOf(origin))}.`,
        levers: leversOf(origin),
      })),
    };
  });
}

/** What can be done about one origin: at the IdP, and here. */
export function leversOf(origin: GrantOrigin): GrantLever[] {
  const { target, group, roleValue, membership, paused } = origin;
  if (origin.origin === 'manual') {
    return [{ at: 'here', sentence: `Revoke here what ${origin.by} gave by hand.` }];
  }
  if (origin.origin === 'template') {
    return [{ at: 'here', sentence: `Give this person another role template instead of “${target.name}”.` }];
  }
  const here: GrantLever = {
    at: 'here',
    sentence: paused
      ? `Or change the mapping here: resume or remove it.`
      : `Or change the mapping here: pause it, remove it, or map it to something else. That is for everybody whom it concerns.`,
  };
  if (roleValue !== null) {
    return [
      { at: 'idp', sentence: `Take the value “${roleValue}” out of the person's roles at the IdP.` },
      here,
    ];
  }
  const name = `“${group?.name ?? group?.id ?? ''}”`;
  const idp: Record<NonNullable<GrantOrigin['membership']>, GrantLever> = {
    directory: { at: 'idp', sentence: `Take the person out of the group ${name} at the IdP.` },
    joining: {
      at: 'here',
      sentence: `Apply or discard what observe mode holds back about the group ${name}.`,
    },
    leaving: {
      at: 'here',
      sentence: `Apply what observe mode holds back: the IdP took the person out of ${name}.`,
    },
    recall: {
      at: 'idp',
      sentence: `A recall keeps the group ${name} until the IdP asserts this person anew.`,
    },
  };
  return [idp[membership ?? 'directory'], here];
}

function becauseOf(origin: GrantOrigin): string {
  const { group, roleValue, membership } = origin;
  if (origin.origin === 'manual') {
    const note = origin.note === null ? '' : `: “${origin.note.replace(/[.\s]+$/, '')}”`;
    return `by hand from ${origin.by} on ${origin.at?.slice(0, 10)}${note}`;
  }
  if (origin.origin === 'template') return 'as the role template that the member came with';
  if (roleValue !== null) return `by the value “${roleValue}” of roles at the IdP`;
  const name = `“${group?.name ?? group?.id ?? ''}”`;
  if (membership === 'recall') return `by the group ${name}, which a recall keeps`;
  if (membership === 'leaving') return `by the group ${name}, which the IdP took away and observe mode keeps`;
  return `by the group ${name} at the IdP`;
}

function whyNot(origin: GrantOrigin): string {
  return origin.whyNot ?? '';
}

function listOf(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
