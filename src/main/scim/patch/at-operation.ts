import { ScimError } from '../error.ts';

/** Runs one step of one operation, so that whatever it refuses names the operation (protocol reference 3.6, 10). */
export function atOperation<Result>(index: number, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    const { status, scimType, hint } = error;
    throw new ScimError(status, `Operations[${index}]: ${error.detail}`, {
      ...(scimType === undefined ? {} : { scimType }),
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
