import type { FactReader } from '../../src/main/access/plan/plan.ts';
import { compileMapping } from '../../src/main/mapping/fact-reader.ts';
import { createRegistry } from '../../src/main/scim/schema/registry.ts';

/** What members, records and teams take from the directory while nobody edited the mapping. */
export function standardFacts(userNameIsEmail: boolean): FactReader {
  return compileMapping({}, userNameIsEmail, createRegistry());
}
