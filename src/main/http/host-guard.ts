import { forbidden, ScimError } from '../scim/error.ts';
import type { Step } from './step.ts';

/**
 * Refuses requests that name another host, and those that a web page sends. Together they keep a page in a browser on
 * this machine from reaching the endpoint through a name that resolves to it (DNS rebinding).
 *
 * @param publicUrl read for each request: another process may have changed it.
 */
export function guardHost(boundHost: string, publicUrl: () => string | null): Step {
  const own = ['127.0.0.1', 'localhost', '[::1]', boundHost.includes(':') ? `[${boundHost}]` : boundHost];
  return ({ headers }) => {
    const name = headers.host === undefined ? '' : hostName(headers.host);
    if (!own.includes(name) && name !== nameIn(publicUrl())) {
      throw new ScimError(421, `This server is not ${JSON.stringify(name)}.`, {
        hint: 'If the IdP reaches Rollcall under this name, set it as the public URL.',
      });
    }
    if (headers.origin !== undefined) {
      throw forbidden(
        'Web pages may not call this endpoint.',
        'The request carries an Origin header: it comes from a browser.',
      );
    }
  };
}

function nameIn(url: string | null): string | undefined {
  return url === null ? undefined : new URL(url).hostname;
}

/** The host without its port, lower case. */
function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '');
}
