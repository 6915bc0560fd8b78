import { AppError } from '../../shared/app-error.ts';

/** The OS keychain as Rollcall uses it: one item by account name. */
export interface Keychain {
  /** How the last call went; undefined before the first. */
  lastOutcome(): { ok: true } | { ok: false; message: string } | undefined;
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  delete(account: string): Promise<boolean>;
}

type Keytar = typeof import('keytar');

/** The service name under which every item is filed. */
const SERVICE = 'Rollcall';

/** A locked keyring waits for a human; Rollcall does not (D4). */
const DEADLINE_MS = 10_000;

/** Calls that were given up on and have not come back: each occupies a thread of this process. */
let abandoned = 0;

/**
 * Whether a silent keychain still holds a thread of this process. Ending the process the usual way would wait for
 * that thread, because libuv joins its pool at exit.
 */
export function isHeldByKeychain(): boolean {
  return abandoned > 0;
}

/**
 * The real OS keychain through keytar. Loaded at the first use, so that an install that never stores a secret
 * never touches it. Items are named by data directory: two installs on one machine stay apart.
 *
 * Every method throws {@link AppError} `secrets-locked` with the reason when the keychain is absent, locked or
 * silent for ten seconds.
 */
export function osKeychain(installId: string): Keychain {
  let loaded: Promise<Keytar> | undefined;
  let last: ReturnType<Keychain['lastOutcome']>;

  async function use<T>(work: (keytar: Keytar) => Promise<T>): Promise<T> {
    loaded ??= import('keytar').then((module) => module.default ?? module);
    const answer = loaded.then(work);
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        abandoned += 1;
        const returned = () => {
          abandoned -= 1;
        };
        answer.then(returned, returned);
        reject(
          new AppError(
            'secrets-locked',
            'The OS keychain did not answer within 10 seconds. Unlock it and try again.',
          ),
        );
      }, DEADLINE_MS);
    });
    try {
      const result = await Promise.race([answer, deadline]);
      last = { ok: true };
      return result;
    } catch (error) {
      const refusal =
        error instanceof AppError ? error : new AppError('secrets-locked', explain(error), { cause: error });
      last = { ok: false, message: refusal.message };
      throw refusal;
    } finally {
      clearTimeout(timer);
    }
  }

  const named = (account: string) => `${installId}/${account}`;
  return {
    lastOutcome: () => last,
    get: (account) => use((keytar) => keytar.getPassword(SERVICE, named(account))),
    set: (account, secret) => use((keytar) => keytar.setPassword(SERVICE, named(account), secret)),
    delete: (account) => use((keytar) => keytar.deletePassword(SERVICE, named(account))),
  };
}

/** keytar hides why its addon did not load, and libsecret speaks in D-Bus terms: say what to do instead. */
function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (/native addon|libsecret|cannot open shared object/i.test(text)) {
    return 'The OS keychain library is missing. On Debian or Ubuntu: apt install libsecret-1-0.';
  }
  if (
    /D-?Bus|dbus|DISPLAY|autolaunch|org\.freedesktop\.secrets|was not provided|unsupported transport/i.test(
      text,
    )
  ) {
    return 'No keychain service runs in this session (no D-Bus session or no secret service such as gnome-keyring).';
  }
  if (/locked collection|is locked|prompt/i.test(text))
    return 'The OS keychain is locked. Unlock it and try again.';
  return `The OS keychain refused: ${text}.`;
}
