import type { Contest, Person, User } from './types.ts';

/** Who else holds what should be one person's alone (D5). */
export class Contests {
  all: Contest[] = [];
  readonly #users: Map<string, User>;

  constructor(users: Map<string, User>) {
    this.#users = users;
  }

  openOf(person: Person): Contest[] {
    return this.all.filter((one) => one.newcomer === person && one.state === 'open');
  }

  /** Whether somebody has the value, by what we hold of them or what the IdP says. */
  holds(person: Person, { kind, value }: Pick<Contest, 'kind' | 'value'>): boolean {
    if (person.state === 'deleted') return false;
    if (kind === 'email') return person.email?.toLowerCase() === value;
    // What is only observed was not taken over.
    return person.externalId === value;
  }

  /** Those of somebody's open contests that nobody needs to decide, if this is what the IdP says of them. */
  vanishedOf(person: Person, now: Pick<User, 'email' | 'externalId'>): Contest[] {
    return this.openOf(person).filter((one) => {
      const own = one.kind === 'email' ? now.email?.toLowerCase() : now.externalId;
      return own !== one.value || !this.holds(one.other, one);
    });
  }

  /** Whom somebody newly stands against. Nothing is new about what was opened before, and has not gone away. */
  rivalsOf(
    person: Person | null,
    people: readonly Person[],
    news: { userId: string; email: string | null; externalId: string | null },
  ): { other: Person; kind: Contest['kind']; value: string }[] {
    const found: { other: Person; kind: Contest['kind']; value: string }[] = [];
    for (const kind of ['email', 'external-id'] as const) {
      const value = kind === 'email' ? news.email?.toLowerCase() : news.externalId;
      if (value === undefined || value === null) continue;
      for (const other of people) {
        if (other === person || other.state === 'deleted') continue;
        const has =
          kind === 'email'
            ? other.email?.toLowerCase() === value
            : other.userId !== null &&
              other.userId !== news.userId &&
              this.#users.get(other.userId)?.externalId === value &&
              other.externalId === value;
        const isKnown = this.all.some(
          (one) =>
            one.kind === kind &&
            one.value === value &&
            one.state !== 'gone' &&
            ((one.newcomer === person && one.other === other) ||
              (one.newcomer === other && one.other === person)),
        );
        if (has && !isKnown) found.push({ other, kind, value });
      }
    }
    return found;
  }

  open(newcomer: Person, rivals: readonly { other: Person; kind: Contest['kind']; value: string }[]): void {
    for (const rival of rivals) {
      const before = this.all.find(
        (one) =>
          one.newcomer === newcomer &&
          one.other === rival.other &&
          one.kind === rival.kind &&
          one.value === rival.value,
      );
      if (before) before.state = 'open';
      else this.all.push({ newcomer, ...rival, state: 'open' });
    }
  }

  /** Whoever is put back stands again against those who still hold the same. */
  reopen(person: Person): void {
    if (person.state !== 'active' && person.state !== 'pending') return;
    for (const one of this.all) {
      const own = one.kind === 'email' ? person.email?.toLowerCase() : person.externalId;
      if (one.newcomer !== person || one.state !== 'gone' || own !== one.value) continue;
      if (this.holds(one.other, one)) one.state = 'open';
    }
  }
}
