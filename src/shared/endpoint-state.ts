import { z } from 'zod';

/** The states of the endpoint (product.md, section 3), of those that can be told from what exists today. */
export const endpointState = z.enum([
  'not-configured',
  'awaiting-first-request',
  'rejected',
  'reads-only',
  'observing',
  'live',
  'live-with-errors',
  'guard-tripped',
  'paused',
  'token-expired',
  'decommissioned',
]);
export type EndpointState = z.infer<typeof endpointState>;

/** One sentence and one next action for each state; the console and `rollcall status` share them. */
export const ENDPOINT_STATES: Record<
  EndpointState,
  { label: string; tone: 'idle' | 'waiting' | 'good' | 'warning' | 'bad'; sentence: string; next: string }
> = {
  'not-configured': {
    label: 'Not configured',
    tone: 'idle',
    sentence: 'No token exists yet, so the endpoint refuses every request.',
    next: 'Finish the identity setup: SSO first, then a token.',
  },
  'awaiting-first-request': {
    label: 'Waiting for the first request',
    tone: 'waiting',
    sentence: 'A token is issued and nobody has used it yet.',
    next: 'Paste the URL and token into your IdP and press its connection test.',
  },
  rejected: {
    label: 'Contacted, but rejected',
    tone: 'bad',
    sentence: 'Somebody reached the endpoint, but no request was let in.',
    next: 'Open Activity: each refused request says why and what to change in the IdP.',
  },
  'reads-only': {
    label: 'Connected, reads only',
    tone: 'waiting',
    sentence: 'The IdP can sign in to the endpoint but has not written anything.',
    next: 'Assign a person to the application in your IdP and start provisioning.',
  },
  observing: {
    label: 'Observing',
    tone: 'waiting',
    sentence:
      'What the IdP writes is recorded and shown, and nothing is granted yet; revocations take effect.',
    next: 'Look at what would change, and apply it.',
  },
  live: {
    label: 'Live',
    tone: 'good',
    sentence: 'The IdP is provisioning and its requests succeed.',
    next: 'Review the members it brought.',
  },
  'live-with-errors': {
    label: 'Live, with errors',
    tone: 'warning',
    sentence: 'The IdP is provisioning, but some requests failed in the last hour.',
    next: 'Open Activity and look at the failed requests.',
  },
  'guard-tripped': {
    label: 'Guard tripped',
    tone: 'bad',
    sentence: 'The IdP cut off many people at once. Their access is gone; what can’t be undone waits.',
    next: 'Confirm it, or recall the people.',
  },
  paused: {
    label: 'Paused',
    tone: 'warning',
    sentence: 'Every request is answered 503 with Retry-After; nothing is lost, the IdP tries again.',
    next: 'Resume when you are ready.',
  },
  'token-expired': {
    label: 'Token expired',
    tone: 'bad',
    sentence: 'Every token has expired, so the IdP is locked out.',
    next: 'Generate a new token and paste it into the IdP.',
  },
  decommissioned: {
    label: 'Decommissioned',
    tone: 'idle',
    sentence: 'The SCIM configuration was deleted; every request is answered 401.',
    next: 'Generate a token to start again.',
  },
};
