/** What the tests use of the case runner beside this file. */
export interface Case {
  id: string;
  given: { config?: Record<string, unknown> }[];
}

export interface CaseResult {
  id: string;
  ok: boolean;
  failures: { check: string; expected: string; got: string }[];
}

/** Runs one case; every user and group of that server is deleted first. */
export function runCase(
  case_: Case,
  connection: { base: string; token: string },
  configs: { config: Record<string, unknown>; base: string; token: string }[],
): Promise<CaseResult>;

/** One line about a failed case. */
export function line(result: CaseResult): string;
