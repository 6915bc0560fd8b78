import { z } from 'zod';
import { call, event } from './define.ts';

/** What the person prefers on this machine; kept in the data directory, no secrets. */
export const preferences = z.strictObject({
  colorScheme: z.enum(['light', 'dark', 'auto']),
  /** What closing the window does; `ask` until the person has answered once. */
  onClose: z.enum(['ask', 'keep-serving', 'quit']),
});
export type Preferences = z.infer<typeof preferences>;

export const DEFAULT_PREFERENCES: Preferences = { colorScheme: 'auto', onClose: 'ask' };

/** Calls that the UI thread answers itself: they are about this window and this desktop. */
export const consoleCalls = {
  'console.preferences': call(z.strictObject({}), preferences, 'view'),
  'console.prefer': call(preferences.partial(), preferences, 'view'),
  /** Puts text on the clipboard; a secret is taken off again after 60 seconds if it is still there. */
  'console.copy': call(
    z.strictObject({ text: z.string().min(1).max(100_000), secret: z.boolean() }),
    z.object({ clearsInSeconds: z.number().nullable() }),
    'view',
  ),
  /** Opens an https link in the system browser. */
  'console.openExternal': call(z.strictObject({ url: z.url({ protocol: /^https$/ }) }), z.object({}), 'view'),
};

export const consoleEvents = {
  /** A deep link (`rollcall://…`) or a tray entry asks for a page. */
  'console.navigate': event(z.object({ path: z.string() })),
};
