/**
 * Of several roles that somebody holds, the one with the lowest number is the first. What a person gave by hand comes
 * before every mapping, and the default role template behind all of them.
 */
export const GRANT_PRECEDENCE = { manual: 0, mapping: 100, template: 1000 } as const;
