import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge, Envelope } from '../shared/contract/envelope.ts';

/** The page's only door: call by name, subscribe by name. Names and inputs are checked on the other side. */
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('console:call', name, input) as Promise<Envelope>,
  subscribe: (name, listener) => {
    const relay = (_event: unknown, eventName: string, payload: unknown) => {
      if (eventName === name) listener(payload);
    };
    ipcRenderer.on('console:event', relay);
    return () => {
      ipcRenderer.off('console:event', relay);
    };
  },
};

contextBridge.exposeInMainWorld('rollcall', Object.freeze(bridge));
