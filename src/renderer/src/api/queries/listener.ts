import { useChange } from './change.ts';

/** Tries the configured port again. */
export function useRetryListener() {
  return useChange('listener.retry', ['listener']);
}

/** Stores another port and listens there. */
export function useChoosePort() {
  return useChange('listener.choosePort', ['listener']);
}
