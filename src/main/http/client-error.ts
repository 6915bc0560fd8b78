import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Activity } from '../activity/activity.ts';
import { ScimError } from '../scim/error.ts';
import { addressOf } from './exchange.ts';

/**
 * Answers what Node's HTTP parser refuses before there is a request: in SCIM's form, and with a row in the log. Bytes
 * are not kept: they may be anything.
 */
export function answerClientError(deps: {
  activity: Activity;
  now(): Date;
}): (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Duplex) => void {
  return (error, socket) => {
    // A caller that just went away asked nothing.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const { status, detail, hint } = explain(error);
    const body = JSON.stringify(new ScimError(status, detail).toBody());
    deps.activity.append({
      requestId: randomUUID(),
      time: deps.now().toISOString(),
      idp: null,
      tokenId: null,
      tokenName: 'unknown',
      address: addressOf(socket),
      method: '–',
      path: '–',
      query: null,
      userAgent: null,
      status,
      reason: detail,
      scimType: null,
      durationMs: 0,
      resourceType: null,
      resourceId: null,
      subject: null,
      rules: [],
      steps: [hint],
      changed: [],
      ignored: [],
      requestBody: null,
      responseBody: body,
      wrote: false,
    });
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
        `Content-Type: application/scim+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  };
}

function explain(error: NodeJS.ErrnoException & { rawPacket?: Buffer }): {
  status: number;
  detail: string;
  hint: string;
} {
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    return {
      status: 431,
      detail: 'The request headers are too large.',
      hint: 'More than 16 KB of headers came in.',
    };
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return {
      status: 408,
      detail: 'The request took too long to arrive.',
      hint: 'The caller opened a request and did not finish it in time.',
    };
  }
  // A TLS record: content type "handshake", major version 3.
  if (error.rawPacket?.[0] === 0x16 && error.rawPacket[1] === 0x03) {
    return {
      status: 400,
      detail: 'This port speaks plain HTTP, but the caller speaks TLS.',
      hint: 'The URL in the IdP begins with https:. Put a reverse proxy with a certificate in front, give Rollcall a certificate, or use http: on this machine.',
    };
  }
  return {
    status: 400,
    detail: 'What came in is not an HTTP request.',
    hint: `The HTTP parser says ${error.code ?? error.message}.`,
  };
}
