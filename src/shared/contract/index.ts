import { z } from 'zod';
import { activityCalls, activityEvents } from './activity.ts';
import { conflictCalls } from './conflicts.ts';
import { consoleCalls, consoleEvents } from './console.ts';
import type { CallDefinition, EventDefinition } from './define.ts';
import { event } from './define.ts';
import { deprovisioningCalls } from './deprovisioning.ts';
import { editCalls } from './edits.ts';
import { employeeCalls } from './employees.ts';
import { grantCalls } from './grants.ts';
import { jobCalls } from './jobs.ts';
import { listenerCalls } from './listener.ts';
import { mailCalls } from './mail.ts';
import { mappingCalls } from './mapping.ts';
import { observeCalls } from './observe.ts';
import { operatorCalls } from './operators.ts';
import { organizationCalls } from './organization.ts';
import { overviewCalls } from './overview.ts';
import { peopleCalls } from './people.ts';
import { policyCalls } from './policy.ts';
import { profileCalls } from './profiles.ts';
import { reviewCalls } from './review.ts';
import { roleCalls } from './roles.ts';
import { schemaCalls } from './schemas.ts';
import { ssoCalls } from './sso.ts';
import { tokenCalls } from './tokens.ts';

/** What the server thread answers, over whichever transport. */
export const serverCalls = {
  ...overviewCalls,
  ...organizationCalls,
  ...operatorCalls,
  ...ssoCalls,
  ...policyCalls,
  ...mappingCalls,
  ...profileCalls,
  ...schemaCalls,
  ...tokenCalls,
  ...peopleCalls,
  ...editCalls,
  ...employeeCalls,
  ...grantCalls,
  ...roleCalls,
  ...deprovisioningCalls,
  ...reviewCalls,
  ...conflictCalls,
  ...observeCalls,
  ...activityCalls,
  ...listenerCalls,
  ...jobCalls,
  ...mailCalls,
} satisfies Record<string, CallDefinition>;

/** Kinds of data that a screen may show and that have just changed. */
export const changedEntity = z.enum([
  'organization',
  'operators',
  'sso',
  'policy',
  'schemas',
  'tokens',
  'members',
  'employees',
  'teams',
  'grants',
  'listener',
  'jobs',
  'mail',
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
