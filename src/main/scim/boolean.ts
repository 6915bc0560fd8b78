/** `true`, `"True"`, `" FALSE "`: Entra and Keycloak send booleans as strings (protocol reference D4). */
export function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const folded = value.trim().toLowerCase();
  if (folded === 'true') return true;
  return folded === 'false' ? false : undefined;
}
