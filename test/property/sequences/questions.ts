import type { Model } from './model.ts';
import type { MemberSlot, Question, Slot } from './steps.ts';
import { fold, type Held, type Person, Refused, sameText, type Team } from './types.ts';

/** Which ids the slots of a question stand for. */
export interface Ids {
  member(member: MemberSlot): string;
  resource(of: 'user' | 'group', slot: Slot): string;
}

/** The question as a filter. */
export function filterText(question: Question, ids: Ids): string {
  const quoted = JSON.stringify;
  switch (question.kind) {
    case 'eq':
      return `${question.attribute} eq ${quoted(question.value)}`;
    case 'part':
      return `${question.attribute} ${question.operator} ${quoted(question.value)}`;
    case 'present':
      return `${question.attribute} pr`;
    case 'active':
      return `active eq ${question.value}`;
    case 'email':
      return question.type === undefined
        ? `emails.value eq ${quoted(question.value)}`
        : `emails[type eq ${quoted(question.type)}].value eq ${quoted(question.value)}`;
    case 'member':
      return `members.value eq ${quoted(ids.member(question.member))}`;
    case 'in group':
      return `groups.value eq ${quoted(ids.resource('group', question.group))}`;
    case 'id':
      return `id eq ${quoted(ids.resource(question.of, question.slot))}`;
    case 'not':
      return `not (${filterText(question.of, ids)})`;
    default:
      return `(${filterText(question.left, ids)}) ${question.kind} (${filterText(question.right, ids)})`;
  }
}

/** Whether a user is an answer. @throws Refused when users have no such attribute */
export function asksForUser(question: Question, user: Held<Person>, model: Model, ids: Ids): boolean {
  const { is } = user;
  switch (question.kind) {
    case 'eq':
      return question.attribute === 'externalId'
        ? is.externalId === question.value
        : sameText(is[question.attribute], question.value);
    case 'part':
      return holds(question.operator, is[question.attribute], question.value);
    case 'present':
      return is[question.attribute] !== undefined;
    case 'active':
      return is.active === question.value;
    case 'email':
      return (is.emails ?? []).some(
        ({ value, type }) =>
          sameText(value, question.value) && (question.type === undefined || type === question.type),
      );
    case 'in group':
      return model.groupsOf(user.id).some(({ id }) => id === ids.resource('group', question.group));
    case 'id':
      return user.id === ids.resource(question.of, question.slot);
    case 'member':
      throw new Refused(400, 'invalidFilter');
    default:
      return combined(question, (part) => asksForUser(part, user, model, ids));
  }
}

/** Whether a group is an answer. @throws Refused when groups have no such attribute */
export function asksForGroup(question: Question, group: Held<Team>, ids: Ids): boolean {
  const { is } = group;
  switch (question.kind) {
    case 'eq':
      if (question.attribute === 'externalId') return is.externalId === question.value;
      if (question.attribute === 'displayName') return sameText(is.displayName, question.value);
      throw new Refused(400, 'invalidFilter');
    case 'part':
      if (question.attribute === 'displayName')
        return holds(question.operator, is.displayName, question.value);
      throw new Refused(400, 'invalidFilter');
    case 'present':
      if (question.attribute === 'displayName') return true;
      if (question.attribute === 'externalId') return is.externalId !== undefined;
      throw new Refused(400, 'invalidFilter');
    case 'member':
      return is.members.some(({ value }) => value === ids.member(question.member));
    case 'id':
      return group.id === ids.resource(question.of, question.slot);
    case 'active':
    case 'email':
    case 'in group':
      throw new Refused(400, 'invalidFilter');
    default:
      return combined(question, (part) => asksForGroup(part, group, ids));
  }
}

/** Both sides are asked, always: an unknown attribute is refused wherever it stands. */
function combined(
  question: Extract<Question, { kind: 'not' | 'and' | 'or' }>,
  ask: (part: Question) => boolean,
): boolean {
  if (question.kind === 'not') return !ask(question.of);
  const left = ask(question.left);
  const right = ask(question.right);
  return question.kind === 'and' ? left && right : left || right;
}

function holds(operator: 'co' | 'sw' | 'ew', value: string | undefined, wanted: string): boolean {
  if (value === undefined) return false;
  const text = fold(value);
  const part = fold(wanted);
  if (operator === 'co') return text.includes(part);
  return operator === 'sw' ? text.startsWith(part) : text.endsWith(part);
}
