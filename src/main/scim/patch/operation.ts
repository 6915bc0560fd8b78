import type { ResolvedFilter } from '../filter/ast.ts';
import type { JsonValue } from '../json.ts';
import type { ResolvedPath } from '../schema/resource-type.ts';

/**
 * One change to one attribute. A path-less operation becomes one of these per key.
 * - `add` / `replace`: `value` has the target's type. `null` inside a complex value clears that sub-attribute.
 * - `remove`: with `value` only the listed elements go (D5); an empty list removes nothing; without `value` all go.
 */
export type PatchOperation = {
  readonly op: 'add' | 'replace' | 'remove';
  /** Position in the request's `Operations`, for error details. */
  readonly index: number;
  readonly path: ResolvedPath;
  /** Which elements of the multi-valued attribute; undefined without `[…]`. */
  readonly filter: ResolvedFilter | undefined;
  readonly value: JsonValue | undefined;
};
