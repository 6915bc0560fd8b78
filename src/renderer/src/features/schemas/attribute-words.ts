import type { SchemaAttribute } from '../../../../shared/contract/schemas.ts';

/** What an attribute holds, in the words of a person who fills in forms. */
export const TYPE_WORDS: Record<SchemaAttribute['type'], string> = {
  string: 'Text',
  boolean: 'Yes or no',
  integer: 'Whole number',
  decimal: 'Number',
  dateTime: 'Date and time',
  reference: 'Reference',
  binary: 'Binary data',
  complex: 'Several parts',
};

/** What is out of the ordinary about an attribute, a few words each. */
export function peculiarities(attribute: SchemaAttribute): string[] {
  const { multiValued, required, caseExact, type, mutability, returned, uniqueness } = attribute;
  return [
    multiValued && 'many values',
    required && 'required',
    type === 'string' && caseExact && 'upper and lower case differ',
    mutability === 'readOnly' && 'set by Rollcall',
    mutability === 'immutable' && 'can be set once',
    mutability === 'writeOnly' && 'never shown',
    returned === 'request' && 'shown on request only',
    returned === 'always' && 'always shown',
    uniqueness !== 'none' && 'unique',
  ].filter((words) => words !== false);
}
