import type { Keychain } from '../../src/main/secrets/keychain.ts';
import { AppError } from '../../src/shared/app-error.ts';

/** Stands in for the OS keychain, which the integration tests use for real: this one can be locked at will. */
export class FakeKeychain implements Keychain {
  readonly items = new Map<string, string>();
  /** Why it refuses; undefined while it works. */
  problem: Error | undefined;
  #last: ReturnType<Keychain['lastOutcome']>;

  lock(message = 'The OS keychain is locked.'): void {
    this.problem = new AppError('secrets-locked', message);
  }

  lastOutcome(): ReturnType<Keychain['lastOutcome']> {
    return this.#last;
  }

  async get(account: string): Promise<string | null> {
    this.#answer();
    return this.items.get(account) ?? null;
  }

  async set(account: string, secret: string): Promise<void> {
    this.#answer();
    this.items.set(account, secret);
  }

  async delete(account: string): Promise<boolean> {
    this.#answer();
    return this.items.delete(account);
  }

  #answer(): void {
    this.#last = this.problem ? { ok: false, message: this.problem.message } : { ok: true };
    if (this.problem) throw this.problem;
  }
}
