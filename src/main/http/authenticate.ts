import { unauthorized, unavailable } from '../scim/error.ts';
import type { Refusal, Tokens } from '../tokens/tokens.ts';
import { exchangeOf, urlOf } from './exchange.ts';
import type { Step } from './step.ts';
import { isRuleOn, tolerate } from './tolerate.ts';

const REASONS: Record<Refusal, { detail: string; hint: string }> = {
  missing: {
    detail: 'The request carries no bearer token.',
    hint: 'The Authorization header must be "Bearer ", then the token. In Okta\'s header authentication type that word too, or switch the rule bare-token on.',
  },
  'not-our-format': {
    detail: 'The bearer token is not valid.',
    hint: 'What was sent is no Rollcall token: it may be cut off, or belong to another product.',
  },
  unknown: {
    detail: 'The bearer token is not valid.',
    hint: 'The token has the right form but was not issued by this install.',
  },
  revoked: {
    detail: 'The bearer token was revoked.',
    hint: 'Put the newest token into the IdP, or generate one.',
  },
  expired: {
    detail: 'The bearer token has expired.',
    hint: 'Generate a new token and put it into the IdP.',
  },
};

/** How long a paused endpoint asks the IdP to wait, in seconds. */
const RETRY_AFTER = 300;

/** Lets a request in by its bearer token, looked up in SQLite each time, so that a revocation holds at once. */
export function authenticate(tokens: Tokens): Step {
  return (request, response) => {
    const exchange = exchangeOf(response);
    const header = request.headers.authorization ?? '';
    const bare = header !== '' && !/^(bearer|basic)(\s|$)/i.test(header);
    const presented = bare ? header.trim() : (/^bearer\s+(\S+)\s*$/i.exec(header)?.[1] ?? '');
    const verdict = tokens.verify(presented);
    // Known before the rule is asked, since the token may have a profile of its own.
    exchange.token = verdict.token;
    const unreadable = bare && !isRuleOn(exchange, 'bare-token');
    if (unreadable || 'refused' in verdict) {
      const { detail, hint } = REASONS['refused' in verdict && !unreadable ? verdict.refused : 'missing'];
      response.setHeader('WWW-Authenticate', 'Bearer realm="SCIM"');
      throw unauthorized(detail, hint);
    }
    if (bare) tolerate(exchange, 'bare-token');
    exchange.steps.push(`Authenticated by the token "${verdict.token.name}" (${verdict.token.prefix}…).`);
  };
}

/** Answers 503 while the operator has paused provisioning: the IdP keeps what it has and tries again (D6). */
export const refuseWhilePaused: Step = (_request, response) => {
  if (!exchangeOf(response).policy.paused) return;
  response.setHeader('Retry-After', String(RETRY_AFTER));
  throw unavailable(
    'Provisioning is paused by an administrator. Try again later.',
    'Resume it in the console, or with `rollcall policy set paused=false`.',
  );
};

/** What only looks, whatever its method (RFC 7644 section 3.4.3). */
const SEARCH = /\/\.search\/?(\?|$)/i;

/**
 * Answers writes with 503 while the guard waits for a person, if the policy says so: the IdP stops and tries again,
 * and revocations wait with it.
 */
export function refuseWhileTripped(isTripped: () => boolean): Step {
  return (request, response) => {
    if (!exchangeOf(response).policy['guard.stopTheLine']) return;
    const isRead = request.method === 'GET' || request.method === 'HEAD' || SEARCH.test(urlOf(request));
    if (isRead || !isTripped()) return;
    response.setHeader('Retry-After', String(RETRY_AFTER));
    throw unavailable(
      'The mass-deprovision guard has tripped: many people were cut off at once, and nothing is written until an administrator has decided. Try again later.',
      'Decide in the console under Guard, or with `rollcall guard confirm` or `rollcall guard recall`. The policy guard.stopTheLine makes writes wait.',
    );
  };
}
