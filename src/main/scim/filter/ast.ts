import type { ResolvedPath } from '../schema/resource-type.ts';

export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
export type Literal = string | number | boolean | null;

/**
 * A parsed filter (RFC 7644 §3.4.2.2), names as the client wrote them.
 * `emails[type eq "work"].value eq "x"` (Entra) is read as `emails[type eq "work" and value eq "x"]`.
 */
export type Filter =
  | {
      readonly kind: 'compare';
      readonly name: string;
      readonly operator: CompareOperator;
      readonly value: Literal;
    }
  | { readonly kind: 'present'; readonly name: string }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'valuePath'; readonly name: string; readonly filter: Filter };

/**
 * A filter bound to the schema of one resource type.
 * - `compare`: some value at `path` compares to `value`, which has the attribute's type (dateTime: RFC 3339 text).
 *   `path` always denotes a simple value: `emails` has become `emails.value`, `manager` has become `manager.value`.
 * - `ne` has become `not` of `eq`, `eq null` has become `not` of `present`.
 * - `valuePath`: one element of the multi-valued (or the complex) attribute at `path` fulfils the whole `filter`, whose
 *   paths are those of the sub-attributes: `emails.type`.
 * - `constant`: what a comparison with an attribute this resource type does not have comes to.
 */
export type ResolvedFilter =
  | {
      readonly kind: 'compare';
      readonly path: ResolvedPath;
      readonly operator: Exclude<CompareOperator, 'ne'>;
      readonly value: string | number | boolean;
    }
  | { readonly kind: 'present'; readonly path: ResolvedPath }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly ResolvedFilter[] }
  | { readonly kind: 'not'; readonly operand: ResolvedFilter }
  | { readonly kind: 'valuePath'; readonly path: ResolvedPath; readonly filter: ResolvedFilter }
  | { readonly kind: 'constant'; readonly value: boolean };
