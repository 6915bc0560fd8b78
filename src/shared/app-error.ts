/**
 * The one table of errors that reach a person: through the console, the CLI or the contract.
 * SCIM answers have their own form (`src/main/scim/error.ts`).
 */
export const APP_ERROR_CODES = [
  'invalid-input',
  'unknown-call',
  'untrusted-sender',
  'too-large',
  'timeout',
  'not-found',
  'not-permitted',
  'last-owner',
  'conflict',
  'no-organization',
  'organization-exists',
  'sso-required',
  'metadata-invalid',
  'certificate-expired',
  'metadata-unreachable',
  'discovery-failed',
  'token-not-live',
  'secrets-locked',
  'port-in-use',
  'listener-failed',
  'data-directory-held',
  'data-directory-foreign',
  'database-unusable',
  'runtime-incomplete',
  'mail-failed',
  'internal',
] as const;

export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

/** What crosses a process boundary in place of an `AppError`. */
export interface WireError {
  code: AppErrorCode;
  message: string;
  /** Which field of the input the message is about, as a dotted path. */
  field?: string;
}

/**
 * An error with a stable code and a sentence that a person can act on. `hint` goes to the log only and never
 * crosses to the renderer.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly field: string | undefined;
  readonly hint: string | undefined;

  constructor(
    code: AppErrorCode,
    message: string,
    more: { field?: string; hint?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.field = more.field;
    this.hint = more.hint;
  }
}

/** Turns anything thrown into its wire form; an unforeseen error keeps its details to itself. */
export function toWireError(error: unknown): WireError {
  if (error instanceof AppError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.field !== undefined && { field: error.field }),
    };
  }
  return { code: 'internal', message: 'Something went wrong inside Rollcall. The log has the details.' };
}

/** The inverse of {@link toWireError}, for the calling side. */
export function fromWireError(wire: WireError): AppError {
  return new AppError(wire.code, wire.message, wire.field === undefined ? {} : { field: wire.field });
}
