import { type Tolerate, tolerateLeniently } from '../profile.ts';
import type { ResourceType } from './resource-type.ts';

/** What goes along while a request body is read. */
export type Reading = {
  readonly type: ResourceType;
  /** A PATCH may not write what is readOnly; a resource that is sent back holds it (RFC 7644 §3.3, §3.5.2). */
  readonly message: 'resource' | 'patch';
  readonly tolerate: Tolerate;
  /** Collects what was ignored, by the names the client used. */
  readonly ignored: Set<string>;
};

export function startReading(
  type: ResourceType,
  message: Reading['message'],
  tolerate: Tolerate = tolerateLeniently,
): Reading {
  return { type, message, tolerate, ignored: new Set() };
}
