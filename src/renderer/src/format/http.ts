import type { Tone } from '../components/tone.ts';

const STATUS_TEXT: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  204: 'No content',
  304: 'Not modified',
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Not allowed',
  408: 'Timed out',
  409: 'Conflict',
  411: 'Length needed',
  412: 'Outdated',
  413: 'Too large',
  415: 'Wrong type',
  428: 'Needs a version',
  429: 'Too many',
  500: 'Server error',
  501: 'Not supported',
  503: 'Unavailable',
};

/** What a status means in two words; "Aborted" for 0, when the caller left before the answer. */
export function statusText(status: number): string {
  if (status === 0) return 'Aborted';
  return STATUS_TEXT[status] ?? (status < 400 ? 'Done' : status < 500 ? 'Refused' : 'Failed');
}

/** The tone in which a status is shown. */
export function statusTone(status: number): Tone {
  if (status === 0) return 'warning';
  if (status < 400) return 'good';
  return status === 503 || status === 404 ? 'warning' : 'bad';
}
