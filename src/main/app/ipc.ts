import { ipcMain, type WebContents } from 'electron';
import { AppError, toWireError } from '../../shared/app-error.ts';
import type { Envelope } from '../../shared/contract/envelope.ts';
import type { Answer } from '../rpc/implement.ts';
import { isTrustedSender } from './security.ts';

/** The main process's side of the page's door. */
export interface Door {
  /** Lets this window in; it is forgotten when it is destroyed. */
  trust(contents: WebContents): void;
  /** Sends an event to every window that was let in. */
  send(name: string, payload: unknown): void;
}

/** Opens the door: `console:call` comes in, `console:event` goes out, nothing else exists. */
export function openDoor(answer: Answer, log: (message: string) => void): Door {
  const trusted = new Map<number, WebContents>();

  ipcMain.handle('console:call', (event, name: unknown, input: unknown): Promise<Envelope> | Envelope => {
    if (!isTrustedSender(event, trusted)) {
      log('a call from an untrusted sender was refused');
      return refuse('untrusted-sender', 'Calls are accepted from the console window only.');
    }
    if (typeof name !== 'string') return refuse('unknown-call', 'A call needs a name.');
    return answer(name, input);
  });

  return {
    trust(contents) {
      trusted.set(contents.id, contents);
      const { id } = contents;
      contents.once('destroyed', () => trusted.delete(id));
    },
    send(name, payload) {
      for (const contents of trusted.values()) contents.send('console:event', name, payload);
    },
  };
}

function refuse(code: 'untrusted-sender' | 'unknown-call', message: string): Envelope {
  return { ok: false, error: toWireError(new AppError(code, message)) };
}
