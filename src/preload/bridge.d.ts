import type { Bridge } from '../shared/contract/envelope.ts';

declare global {
  interface Window {
    readonly rollcall: Bridge;
  }
}
