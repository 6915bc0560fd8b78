import { z } from 'zod';
import { activityCalls, activityEvents } from './activity.ts';
import { consoleCalls, consoleEvents } from './console.ts';
import type { CallDefinition, EventDefinition } from './define.ts';
import { event } from './define.ts';
import { listenerCalls } from './listener.ts';
import { organizationCalls } from './organization.ts';
import { overviewCalls } from './overview.ts';
import { peopleCalls } from './people.ts';
import { policyCalls } from './policy.ts';
import { profileCalls } from './profiles.ts';
import { schemaCalls } from './schemas.ts';
import { ssoCalls } from './sso.ts';
import { tokenCalls } from './tokens.ts';

/** What the server thread answers, over whichever transport. */
export const serverCalls = {
  ...overviewCalls,
  ...organizationCalls,
  ...ssoCalls,
  ...policyCalls,
  ...profileCalls,
  ...schemaCalls,
  ...tokenCalls,
  ...peopleCalls,
  ...activityCalls,
  ...listenerCalls,
} satisfies Record<string, CallDefinition>;

/** Kinds of data that a screen may show and that have just changed. */
export const changedEntity = z.enum([
  'organization',
  'sso',
  'policy',
  'schemas',
  'tokens',
  'members',
  'teams',
  'listener',
  'activity',
]);
export type ChangedEntity = z.infer<typeof changedEntity>;

export const serverEvents = {
  ...activityEvents,
  /** Something changed, by this process or another: fetch again what you show of it. */
  changed: event(z.object({ entities: z.array(changedEntity) })),
} satisfies Record<string, EventDefinition>;

/** The whole API of the console. */
export const calls = { ...serverCalls, ...consoleCalls };
export const events = { ...serverEvents, ...consoleEvents };

export type Calls = typeof calls;
export type Events = typeof events;
export type CallName = keyof Calls;
export type EventName = keyof Events;
/** What a caller passes (defaults may be left out). */
export type InputOf<N extends CallName> = z.input<Calls[N]['input']>;
/** What a handler receives, defaults filled in. */
export type ParsedInputOf<N extends CallName> = z.output<Calls[N]['input']>;
export type OutputOf<N extends CallName> = z.output<Calls[N]['output']>;
export type PayloadOf<N extends EventName> = z.output<Events[N]['payload']>;
