import { Contests } from './contests.ts';
import { GuardModel } from './guard.ts';
import type { Cause, Person, Push, Rules, Standing, User } from './types.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * What the access plane must come to, said once more and slowly. It shares no code with the product and keeps what counts
 * (who is in which group, applied) where the product keeps what differs.
 */
export class AccessModel {
  readonly users = new Map<string, User>();
  /** Members of the groups as the IdP asserts them. */
  readonly groups = new Map<string, Set<string>>();
  /** The same as far as it was applied; a group is a team while it is here. */
  readonly teams = new Map<string, Set<string>>();
  readonly noted = { users: new Set<string>(), groups: new Set<string>() };
  readonly people: Person[] = [];
  readonly guard = new GuardModel();
  readonly contests = new Contests(this.users);
  rules: Rules;
  now: number;

  constructor(rules: Rules, now: number) {
    this.rules = rules;
    this.now = now;
  }

  // What the IdP does ----------------------------------------------------------------------------------------------

  putUser(user: User): void {
    this.users.set(user.id, user);
    this.#touchUser(user.id);
  }

  deleteUser(id: string): void {
    const former = [...this.groups].filter(([, members]) => members.has(id)).map(([group]) => group);
    const counted = former.filter((group) => this.teams.get(group)?.has(id));
    for (const group of former) {
      this.groups.get(group)?.delete(id);
      if (this.rules.mode === 'observe') this.noted.groups.add(group);
    }
    this.users.delete(id);
    this.#touchUser(id, counted);
    if (this.rules.mode === 'live') for (const group of former) this.teams.get(group)?.delete(id);
  }

  putGroup(id: string, members: readonly string[]): void {
    this.groups.set(id, new Set(members));
    this.#touchGroup(id);
  }

  deleteGroup(id: string): void {
    this.groups.delete(id);
    this.#touchGroup(id);
  }

  // What people and the clock do -----------------------------------------------------------------------------------

  /** Applies all that observe mode noted, users first, each kind by id. */
  apply(): void {
    for (const id of [...this.noted.users].sort()) this.#follow(id, []);
    for (const id of [...this.noted.groups].sort()) this.#followGroup(id);
    this.noted.users.clear();
    this.noted.groups.clear();
  }

  applyDates(): void {
    for (const person of [...this.people]) this.#applyDates(person);
  }

  confirm(people: readonly Person[]): void {
    for (const person of people) {
      const receipt = this.guard.openReceipt(person);
      if (receipt) receipt.outcome = 'confirmed';
      person.held = false;
    }
    this.guard.resolveIfDone();
    for (const person of people) this.#applyDates(person);
  }

  mayRecall(person: Person): boolean {
    if (person.cut) return this.assertionOf(person) !== 'deleted';
    const last = this.guard.lastReceipt(person);
    const isOut = person.state === 'suspended' || person.state === 'deactivated';
    if (!last || !isOut || last.outcome === 'recalled' || last.outcome === 'superseded') return false;
    return last.cause !== 'rejected' && !(last.cause === 'operator' && person.state === 'suspended');
  }

  recall(people: readonly Person[]): void {
    for (const person of people) {
      const asserts = this.assertionOf(person);
      const receipt = this.guard.lastReceipt(person);
      // What observe mode took at once, before anything followed from it.
      if (person.cut || !receipt) {
        person.cut = false;
        person.recalled = asserts;
        continue;
      }
      receipt.outcome = 'recalled';
      const { groups, retained, ...standing } = receipt.before;
      Object.assign(person, standing, {
        recalled: asserts,
        retained: asserts === 'deleted' ? [...groups] : [...retained],
        held: false,
        cut: false,
      });
      this.contests.reopen(person);
      if (person.state === 'active' && this.contests.openOf(person).length > 0) person.state = 'pending';
    }
    this.guard.resolveIfDone();
  }

  suspend(person: Person): void {
    this.#write(person, 'operator', []);
    this.#leave(person, 'operator', 'suspended');
    this.guard.watch(person, this.now, this.rules);
  }

  resume(person: Person): void {
    const asserts = this.assertionOf(person);
    if (asserts !== null && asserts !== person.recalled) {
      this.#cut(person, asserts, [], true);
      return;
    }
    this.#enter(person, person.suspendedFrom ?? 'active');
  }

  makeManual(): void {
    for (const person of this.people) {
      if (person.isManual || person.state === 'deleted') continue;
      Object.assign(person, { isManual: true, deactivateAt: null, deleteAt: null, held: false, cut: false });
      const receipt = this.guard.openReceipt(person);
      if (!receipt) continue;
      receipt.outcome = 'confirmed';
      this.guard.resolveIfDone();
    }
  }

  // What can be asked ----------------------------------------------------------------------------------------------

  /** Groups that count for somebody and are teams. */
  teamsOf(person: Person): string[] {
    return this.groupsOf(person)
      .filter((group) => this.teams.has(group))
      .sort();
  }

  groupsOf(person: Person): string[] {
    const { userId } = person;
    const applied = [...this.teams].filter(([, members]) => userId !== null && members.has(userId));
    return [...new Set([...applied.map(([group]) => group), ...person.retained])].sort();
  }

  /** What the IdP says now that takes the access away. */
  assertionOf(person: Person): Push | null {
    if (person.isManual) return null;
    const user = this.users.get(person.userId ?? '');
    if (!user) return 'deleted';
    return user.active ? null : 'inactive';
  }

  // How it comes about ---------------------------------------------------------------------------------------------

  #touchUser(id: string, former: readonly string[] = []): void {
    if (this.rules.mode === 'live') {
      this.#follow(id, former);
      return;
    }
    this.noted.users.add(id);
    const person = this.people.find(({ userId }) => userId === id);
    if (person?.state !== 'active' || person.isManual) return;
    const asserts = this.assertionOf(person);
    if (asserts !== null) {
      if (person.recalled !== asserts) person.cut = true;
      return;
    }
    this.#endRecall(person);
    person.cut = false;
  }

  #touchGroup(id: string): void {
    if (this.rules.mode === 'live') this.#followGroup(id);
    else this.noted.groups.add(id);
  }

  #followGroup(id: string): void {
    const members = this.groups.get(id);
    if (members) this.teams.set(id, new Set(members));
    else this.teams.delete(id);
  }

  #follow(id: string, former: readonly string[]): void {
    const user = this.users.get(id);
    let person = this.people.find(({ userId }) => userId === id);
    if (person?.isManual) {
      if (!user) person.userId = null;
      return;
    }
    if (!user) {
      if (person) this.#depart(person, former);
      return;
    }
    if (person && person.state !== 'deleted') {
      this.#assert(person, user);
      return;
    }
    if (person && !user.active) return;
    if (person) person.userId = null;
    person = undefined;
    const candidates = this.people.filter(
      (one) =>
        !one.isManual &&
        one.userId === null &&
        one.state !== 'deleted' &&
        user.externalId !== null &&
        one.externalId === user.externalId,
    );
    const [returning] = candidates;
    if (returning && candidates.length === 1) this.#return(returning, user);
    else this.#create(user, candidates);
  }

  #create(user: User, candidates: readonly Person[]): void {
    const rivals = [
      ...this.contests.rivalsOf(null, this.people, { ...user, userId: user.id }),
      ...candidates
        .slice(0, 2)
        .map((other) => ({ other, kind: 'external-id' as const, value: user.externalId ?? '' })),
    ];
    const admitted = rivals.length > 0 ? 'pending' : this.#admission(user);
    const person: Person = {
      userId: user.id,
      isManual: false,
      email: user.email,
      externalId: user.externalId,
      state: user.active ? admitted : 'suspended',
      suspendedFrom: user.active ? null : admitted,
      cause: user.active ? null : 'inactive',
      recalled: null,
      retained: [],
      deactivateAt: null,
      deleteAt: null,
      record: 'active',
      cut: false,
      held: false,
    };
    this.people.push(person);
    this.contests.open(person, rivals);
  }

  #admission(user: Pick<User, 'email'>): 'active' | 'pending' {
    if (this.rules.activation === 'review') return 'pending';
    const { trustedDomains } = this.rules;
    if (trustedDomains.length === 0) return 'active';
    const domain = user.email?.split('@').at(-1)?.toLowerCase();
    return domain !== undefined && trustedDomains.includes(domain) ? 'active' : 'pending';
  }

  /** Somebody known, asserted once more. */
  #assert(person: Person, user: User): void {
    const { state, suspendedFrom } = person;
    const { isContested, readmitted } = this.#identify(person, user);
    if (!user.active) {
      if (person.recalled === 'inactive') {
        // A recall passes over what the IdP says, not over a conflict.
        if (isContested && state === 'active') this.#enter(person, 'pending');
        else if (readmitted !== null && state === 'pending') this.#enter(person, readmitted);
        return;
      }
      if (state === 'active' || state === 'pending') this.#cut(person, 'inactive', []);
      this.#endRecall(person);
      const interrupted = state === 'active' || state === 'pending' ? state : suspendedFrom;
      if (readmitted === 'active' && interrupted === 'pending') person.suspendedFrom = 'active';
      return;
    }
    this.#endRecall(person);
    const isDecided = person.cause === 'operator' || person.cause === 'rejected';
    const isOut = state === 'suspended' || state === 'deactivated';
    const back = isOut && !isDecided ? (suspendedFrom ?? 'active') : state;
    if (isOut && isDecided) {
      if (readmitted === 'active' && suspendedFrom === 'pending') person.suspendedFrom = 'active';
      return;
    }
    const contested = isContested && back === 'active' ? 'pending' : back;
    const again = back === 'pending' ? readmitted : null;
    if (again !== null || contested !== state) this.#enter(person, again ?? contested);
    else person.cut = false;
  }

  /** Takes over who somebody is; others who waited for that go on. */
  #identify(person: Person, user: User, isReturning = false) {
    const isSameEmail = !isReturning && person.email?.toLowerCase() === user.email?.toLowerCase();
    const isSameId = !isReturning && person.externalId === user.externalId;
    const rivals = this.contests.rivalsOf(person, this.people, {
      userId: user.id,
      email: isSameEmail ? null : user.email,
      externalId: isSameId ? null : user.externalId,
    });
    const open = this.contests.openOf(person);
    const gone = this.contests.vanishedOf(person, user);
    const isNew = person.email !== user.email || person.externalId !== user.externalId;
    person.email = user.email;
    person.externalId = user.externalId;
    if (isNew) this.#settleThoseAgainst(person);
    for (const one of gone) one.state = 'gone';
    this.contests.open(person, rivals);
    const isContested = rivals.length > 0 || gone.length < open.length;
    return { isContested, readmitted: gone.length > 0 && !isContested ? this.#admission(user) : null };
  }

  #settleThoseAgainst(other: Person): void {
    const waiting = this.contests.all.filter((one) => one.other === other && one.state === 'open');
    for (const newcomer of new Set(waiting.map((one) => one.newcomer))) {
      const gone = this.contests.vanishedOf(newcomer, newcomer);
      if (!gone.some((one) => !this.contests.holds(one.other, one))) continue;
      for (const one of gone) one.state = 'gone';
      if (this.contests.openOf(newcomer).length > 0) continue;
      const to = this.#admission(newcomer);
      const asserts = this.assertionOf(newcomer);
      if (newcomer.state === 'pending') {
        if (asserts === null || asserts === newcomer.recalled) this.#enter(newcomer, to);
      } else if (newcomer.state !== 'deleted' && newcomer.state !== 'active') {
        if (newcomer.suspendedFrom === 'pending') newcomer.suspendedFrom = to;
      }
    }
  }

  /** Somebody who left, found again under another id. */
  #return(person: Person, user: User): void {
    const { state } = person;
    person.userId = user.id;
    const { isContested } = this.#identify(person, user, true);
    const isDecided = person.cause === 'operator' || person.cause === 'rejected';
    const holdsAccess = state === 'active' || state === 'pending';
    const admitted = isContested ? 'pending' : this.#admission(user);
    if (isDecided) {
      if (person.cause === 'operator') {
        person.state = 'suspended';
        if (state === 'deactivated') person.record = 'active';
      }
      person.deactivateAt = null;
      person.deleteAt = null;
    } else if (user.active) {
      if (!(holdsAccess && !isContested) && admitted !== state) this.#enter(person, admitted);
    } else if (holdsAccess) {
      this.#cut(person, 'inactive', []);
    } else {
      Object.assign(person, {
        state: 'suspended',
        suspendedFrom: admitted,
        cause: 'inactive',
        deactivateAt: null,
        deleteAt: null,
      });
      if (state === 'deactivated') person.record = 'active';
    }
    this.#endRecall(person);
  }

  #depart(person: Person, former: readonly string[]): void {
    if (person.state !== 'deleted') {
      for (const one of this.contests.openOf(person)) one.state = 'gone';
      if (person.recalled !== 'deleted') {
        if (person.state !== 'deactivated') this.#cut(person, 'deleted', former);
        else if (person.cause === 'rejected') person.deleteAt ??= this.#inDays(this.rules.retentionDays);
        this.#endRecall(person);
      }
    }
    person.userId = null;
  }

  #cut(person: Person, push: Push, former: readonly string[], isResumed = false): void {
    const mode = push === 'inactive' ? this.rules.onInactive : this.rules.onDelete;
    const isHeld = this.guard.openTrip() !== undefined || person.held;
    const isDecided = !isResumed && (person.cause === 'operator' || person.cause === 'rejected');
    const decided = isDecided ? person.cause : null;
    this.#write(person, push, former, decided !== null);
    if (mode === 'deactivate' && !isHeld) {
      this.#leave(person, decided ?? push, 'deactivated');
      person.deleteAt = this.#inDays(this.rules.retentionDays);
      person.record = 'ended';
    } else {
      this.#leave(person, decided ?? push, 'suspended');
      if (mode !== 'suspend')
        person.deactivateAt = this.#inDays(mode === 'deactivate' ? 0 : this.rules.afterDays);
    }
    this.guard.watch(person, this.now, this.rules);
  }

  #write(person: Person, cause: Cause, former: readonly string[], stands = false): void {
    const { state, suspendedFrom, cause: was, recalled, deactivateAt, deleteAt, record } = person;
    const groups = [...new Set([...this.groupsOf(person), ...former])];
    const retained = [...person.retained];
    const standing: Standing = {
      ...{ state, suspendedFrom, cause: was, recalled, deactivateAt, deleteAt, record },
      ...{ retained, groups },
    };
    const active = this.people.filter((one) => !one.isManual && one.state === 'active').length;
    this.guard.write(person, cause, standing, { now: this.now, active, stands });
  }

  #leave(person: Person, cause: Cause, state: 'suspended' | 'deactivated'): void {
    if (person.state === 'active' || person.state === 'pending') person.suspendedFrom = person.state;
    Object.assign(person, { state, cause, deactivateAt: null, deleteAt: null, cut: false });
  }

  #enter(person: Person, to: 'active' | 'pending' | Person['state']): void {
    if (person.state === 'deactivated') person.record = 'active';
    const isContested = to === 'active' && this.contests.openOf(person).length > 0;
    Object.assign(person, {
      state: isContested ? 'pending' : to,
      suspendedFrom: null,
      cause: null,
      deactivateAt: null,
      deleteAt: null,
      cut: false,
      held: false,
    });
    this.guard.returned(person);
  }

  #endRecall(person: Person): void {
    if (person.recalled === null) return;
    person.recalled = null;
    person.retained = [];
  }

  #applyDates(person: Person): void {
    if (person.held || person.isManual) return;
    const hasCome = (date: number | null) => date !== null && date <= this.now;
    if (person.state === 'suspended' && hasCome(person.deactivateAt)) {
      person.state = 'deactivated';
      person.deactivateAt = null;
      person.deleteAt = this.#inDays(this.rules.retentionDays);
      person.record = 'ended';
    } else if (person.state === 'deactivated' && hasCome(person.deleteAt)) {
      this.guard.returned(person);
      Object.assign(person, {
        state: 'deleted',
        suspendedFrom: null,
        cause: null,
        recalled: null,
        retained: [],
        deleteAt: null,
        email: null,
        externalId: null,
        cut: false,
      });
      for (const one of this.contests.openOf(person)) one.state = 'gone';
      this.#settleThoseAgainst(person);
    }
  }

  #inDays(days: number): number {
    return this.now + days * DAY;
  }
}
