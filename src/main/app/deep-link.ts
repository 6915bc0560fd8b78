/** The scheme by which the desktop hands links to the console. */
export const DEEP_LINK_SCHEME = 'rollcall';

/**
 * The page path that a deep link means: `rollcall://settings/enterprise/identity-setup` →
 * `/settings/enterprise/identity-setup`. Undefined when none of the arguments is such a link, or when it holds
 * anything but a plain path.
 */
export function deepLinkPath(args: readonly string[]): string | undefined {
  for (const argument of args) {
    if (!URL.canParse(argument)) continue;
    const url = new URL(argument);
    if (url.protocol !== `${DEEP_LINK_SCHEME}:`) continue;
    const path = `/${url.host}${url.pathname}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
    if (/^\/[a-z0-9/-]*$/i.test(path)) return path;
  }
  return undefined;
}
