import fc from 'fast-check';
import { expect, test } from 'vitest';
import { predicate } from '../../src/main/scim/filter/evaluate.ts';
import { parseFilter } from '../../src/main/scim/filter/parser.ts';
import { printFilter } from '../../src/main/scim/filter/print.ts';
import { resolveFilter } from '../../src/main/scim/filter/resolve.ts';
import type { JsonObject } from '../../src/main/scim/json.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { userType } from '../unit/scim/fixtures.ts';
import { filterCases, filteredUsers } from './reference-filter.ts';

const evaluate = (text: string, user: unknown): boolean =>
  predicate(resolveFilter(parseFilter(text), userType))(user as JsonObject);

test('a filter means what the RFC says, and still does when printed', () => {
  fc.assert(
    fc.property(
      filterCases,
      fc.array(filteredUsers, { minLength: 3, maxLength: 3 }),
      ({ text, holds }, users) => {
        fc.pre(text.length < 2000);
        const printed = printFilter(parseFilter(text));
        for (const user of users) {
          const wanted = holds(user);
          expect({ text, holds: evaluate(text, user) }).toEqual({ text, holds: wanted });
          expect({ printed, holds: evaluate(printed, user) }).toEqual({ printed, holds: wanted });
        }
      },
    ),
    { seed: 7644, numRuns: propertyRuns(5000) },
  );
});
