import type { ServerResponse } from 'node:http';
import type { Directory, WriteOutcome } from '../directory/directory.ts';
import { formatVersion, matchesIfNoneMatch } from '../scim/etag.ts';
import { locationOf } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { exchangeOf, type ScimRequest } from './exchange.ts';
import { noteOutcome, requestContext } from './request-context.ts';
import { sendNothing, sendResource } from './respond.ts';
import { answerList } from './search-routes.ts';
import { isRuleOn } from './tolerate.ts';

type Handle = (request: ScimRequest, response: ServerResponse) => void | Promise<void>;
type HandleOne = (request: ScimRequest, response: ServerResponse, id: string) => void | Promise<void>;

/** What is done at the routes of one resource type (RFC 7644 sections 3.3 to 3.6); bodies are read already. */
export interface ResourceHandlers {
  list: Handle;
  create: Handle;
  read: HandleOne;
  replace: HandleOne;
  patch: HandleOne;
  remove: HandleOne;
}

/** The same for every type, and for both ways to them (see `direct-routes.ts`). */
export function createResourceHandlers(
  type: ResourceType,
  deps: { directory: Directory; base(): string },
): ResourceHandlers {
  const { directory, base } = deps;
  const send = (
    response: ServerResponse,
    status: 200 | 201,
    { text, version, id }: Pick<WriteOutcome, 'text' | 'version' | 'id'>,
  ) => {
    if (text !== undefined) {
      sendResource(response, status, { text, version, location: locationOf(base(), type, id) });
      return;
    }
    response.setHeader('ETag', formatVersion(version));
    sendNothing(response, 204);
  };

  return {
    list: (request, response) => answerList(deps, [type], request, response),

    async create(request, response) {
      const outcome = await directory.create(type, request.body, requestContext(request, response, base()));
      noteOutcome(exchangeOf(response), outcome, 'Created with');
      send(response, 201, outcome);
    },

    read(request, response, id) {
      const { text, version, subject } = directory.read(type, id, requestContext(request, response, base()));
      exchangeOf(response).subject = subject;
      if (matchesIfNoneMatch(request.headers['if-none-match'], version)) {
        response.setHeader('ETag', formatVersion(version));
        sendNothing(response, 304);
        return;
      }
      send(response, 200, { text, version, id });
    },

    async replace(request, response, id) {
      const context = requestContext(request, response, base());
      const outcome = await directory.replace(type, id, request.body, context);
      noteOutcome(exchangeOf(response), outcome, 'Replaced');
      send(response, 200, outcome);
    },

    async patch(request, response, id) {
      const exchange = exchangeOf(response);
      const context = requestContext(request, response, base());
      // A client that names attributes wants to see them, whatever its profile says (RFC 7644 section 3.5.2).
      const isQuiet = context.projection.mode === 'default' && isRuleOn(exchange, 'patch-no-content');
      const outcome = await directory.patch(type, id, request.body, {
        ...context,
        wantsResource: !isQuiet,
      });
      if (isQuiet) context.tolerate('patch-no-content');
      noteOutcome(exchange, outcome, 'Changed');
      send(response, 200, outcome);
    },

    async remove(request, response, id) {
      const exchange = exchangeOf(response);
      const context = requestContext(request, response, base());
      const { subject, effects } = await directory.remove(type, id, context);
      Object.assign(exchange, { subject, wrote: true, reason: 'Deleted.' });
      exchange.steps.push(...effects);
      sendNothing(response, 204);
    },
  };
}
