import { AppError } from '../../shared/app-error.ts';
import { CALL_DEADLINE_MS, type Envelope, type Message } from '../../shared/contract/envelope.ts';
import type { Answer } from './implement.ts';

/** One end of anything that carries messages both ways: a worker's MessagePort, a WebSocket. */
export interface Channel {
  post(message: Message): void;
  onMessage(listener: (message: Message) => void): void;
}

/** What a Node `MessagePort` and a `Worker` have in common. */
export interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** A channel over a worker_threads port. */
export function portChannel(port: PortLike): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', (message) => listener(message as Message)),
  };
}

/**
 * Serves calls that come in over a channel.
 * @param actor who is at the other end; without one, whoever runs this process
 * @returns the function that sends an event to the other end.
 */
export function serveChannel(
  channel: Channel,
  answer: Answer,
  actor?: string,
): (name: string, payload: unknown) => void {
  channel.onMessage((message) => {
    if (message.kind !== 'call') return;
    void answer(message.name, message.input, actor).then((envelope) =>
      channel.post({ kind: 'answer', id: message.id, envelope }),
    );
  });
  return (name, payload) => channel.post({ kind: 'event', name, payload });
}

/** The calling end of a channel. */
export interface ChannelClient {
  /** Resolves with the other end's envelope, or with a `timeout` error after the deadline. */
  call(name: string, input: unknown): Promise<Envelope>;
  onEvent(listener: (name: string, payload: unknown) => void): void;
  /** Answers every open and later call with this error: the other end is gone. */
  close(error: AppError): void;
}

/** Calls over a channel, matched to their answers by number. `deadlineMs` is per call. */
export function channelClient(channel: Channel, deadlineMs: number = CALL_DEADLINE_MS): ChannelClient {
  const open = new Map<number, (envelope: Envelope) => void>();
  const listeners: ((name: string, payload: unknown) => void)[] = [];
  let lastId = 0;
  let closed: AppError | undefined;

  channel.onMessage((message) => {
    if (message.kind === 'answer') open.get(message.id)?.(message.envelope);
    else if (message.kind === 'event')
      for (const listener of listeners) listener(message.name, message.payload);
  });

  return {
    call(name, input) {
      if (closed) return Promise.resolve(refusal(closed));
      return new Promise((resolve) => {
        lastId += 1;
        const id = lastId;
        const timer = setTimeout(() => {
          settle(refusal(new AppError('timeout', `${name} took longer than ${deadlineMs / 1000} seconds.`)));
        }, deadlineMs);
        const settle = (envelope: Envelope) => {
          clearTimeout(timer);
          open.delete(id);
          resolve(envelope);
        };
        open.set(id, settle);
        channel.post({ kind: 'call', id, name, input });
      });
    },
    onEvent: (listener) => {
      listeners.push(listener);
    },
    close(error) {
      closed = error;
      for (const settle of [...open.values()]) settle(refusal(error));
    },
  };
}

function refusal(error: AppError): Envelope {
  return { ok: false, error: { code: error.code, message: error.message } };
}
