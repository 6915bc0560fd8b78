import type { ScimType } from '../error.ts';
import { requireRule, type Tolerate } from '../profile.ts';
import type { ResolvedPath } from './resource-type.ts';

/**
 * Asks the rules about a name that a path or a filter uses: an extension attribute without its URN, an old URN.
 * @param path what the name was found to denote
 * @throws ScimError 400 with `scimType` when the rule is off
 */
export function requireKnownName(
  path: ResolvedPath,
  name: string,
  scimType: ScimType,
  tolerate: Tolerate,
): void {
  if (name.includes(':')) {
    requireCurrentUrn(path, name, scimType, tolerate);
    return;
  }
  if (path.container === undefined) return;
  requireRule(tolerate, 'unqualified-extension', scimType, `${name} must be written ${path.key}.`);
}

/** The same about the URN of a qualified name alone: `urn:scim:…`, `urn:…:2.0User:manager`, `urn:…:User.manager`. */
export function requireCurrentUrn(
  { schema }: ResolvedPath,
  name: string,
  scimType: ScimType,
  tolerate: Tolerate,
): void {
  if (name.toLowerCase().startsWith(`${schema.id.toLowerCase()}:`)) return;
  requireRule(tolerate, 'legacy-schema', scimType, `${name} must begin with ${schema.id}:.`);
}
