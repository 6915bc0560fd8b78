import { randomUUID } from 'node:crypto';
import type { Policy } from '../../shared/contract/policy.ts';
import type { Activity } from '../activity/activity.ts';
import { recognizeIdp } from '../activity/recognize-idp.ts';
import { keepAnswer, type RedactBody } from '../activity/redact.ts';
import { maskTokens } from '../tokens/format.ts';
import { addressOf, type Exchange, openExchange, urlOf } from './exchange.ts';
import type { Step } from './step.ts';
import { NO_RULES } from './tolerate.ts';

const MAX_PATH = 2000;
const MAX_USER_AGENT = 300;

/**
 * Opens a request's exchange and closes it as one row of the activity log, however the request ends: answered,
 * refused, failed or abandoned by the caller.
 */
export function recordActivity(deps: {
  activity: Activity;
  redact: RedactBody;
  policy(): Policy;
  now(): Date;
}): Step {
  return (request, response) => {
    const [path = '/', ...query] = urlOf(request).split('?');
    const exchange: Exchange = {
      requestId: randomUUID(),
      startedAt: deps.now(),
      startedTicks: performance.now(),
      address: addressOf(request.socket),
      method: request.method ?? '',
      path,
      query: query.length === 0 || query.join('?') === '' ? null : query.join('?'),
      userAgent: request.headers['user-agent'],
      token: undefined,
      policy: deps.policy(),
      requestText: '',
      responseText: '',
      rules: NO_RULES,
      steps: [],
      reason: null,
      scimType: null,
      resourceType: null,
      resourceId: null,
      subject: null,
      changed: [],
      ignored: [],
      wrote: false,
    };
    openExchange(response, exchange);
    response.setHeader('X-Request-Id', exchange.requestId);
    response.once('close', () => {
      const answered = response.writableFinished;
      const { startedAt, startedTicks, token, userAgent } = exchange;
      deps.activity.append({
        requestId: exchange.requestId,
        time: startedAt.toISOString(),
        idp: recognizeIdp(userAgent),
        tokenId: token?.id ?? null,
        tokenName: token?.name ?? 'unknown',
        address: exchange.address,
        method: exchange.method,
        path: keep(exchange.path),
        query: exchange.query === null ? null : keep(exchange.query),
        userAgent: userAgent === undefined ? null : maskTokens(userAgent).slice(0, MAX_USER_AGENT),
        status: answered ? response.statusCode : 0,
        reason: answered
          ? maskedOrNull(exchange.reason)
          : 'The caller closed the connection before the answer.',
        scimType: exchange.scimType,
        durationMs: Math.round((performance.now() - startedTicks) * 100) / 100,
        resourceType: exchange.resourceType,
        resourceId: maskedOrNull(exchange.resourceId),
        subject: maskedOrNull(exchange.subject),
        rules: exchange.rules,
        steps: exchange.steps.map(maskTokens),
        changed: [...exchange.changed],
        ignored: exchange.ignored.map(maskTokens),
        requestBody: bodyOrNull(exchange.requestText, deps.redact),
        responseBody: bodyOrNull(exchange.responseText, keepAnswer),
        wrote: exchange.wrote,
      });
    });
  };
}

/** People paste tokens into the oddest places, percent-encoded ones included. */
function keep(text: string): string {
  return maskTokens(text).slice(0, MAX_PATH);
}

function maskedOrNull(text: string | null): string | null {
  return text === null ? null : maskTokens(text);
}

function bodyOrNull(text: string, redact: RedactBody): string | null {
  return text === '' ? null : redact(text);
}
