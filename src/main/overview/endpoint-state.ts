import type { Token } from '../../shared/contract/tokens.ts';
import type { EndpointState } from '../../shared/endpoint-state.ts';
import type { ActivitySummary } from '../activity/activity.ts';

/** The state of the endpoint (product.md, section 3), told from the data alone. */
export function endpointStateOf(facts: {
  tokens: readonly Token[];
  /** When the configuration was deleted; tokens made after it begin anew. */
  decommissionedAt: string | null;
  paused: boolean;
  /** The guard holds what can't be undone, and waits for a person. */
  guardTripped: boolean;
  /** A push is recorded and waits for Apply. */
  observing: boolean;
  requests: ActivitySummary;
}): EndpointState {
  const { tokens, requests, decommissionedAt } = facts;
  const live = tokens.filter(({ state }) => state === 'active' || state === 'retiring');
  if (live.length === 0) {
    if (decommissionedAt !== null && tokens.every(({ createdAt }) => createdAt <= decommissionedAt))
      return 'decommissioned';
    return tokens.some(({ state }) => state === 'expired') ? 'token-expired' : 'not-configured';
  }
  if (facts.paused) return 'paused';
  if (facts.guardTripped) return 'guard-tripped';
  // What earlier tokens saw is history; the question is whether one of these was let in.
  const [issued = ''] = live.map(({ createdAt }) => createdAt).sort();
  const used = live.some(({ lastUsedAt }) => lastUsedAt !== null);
  if (!used) {
    return requests.lastFailure !== null && requests.lastFailure.time >= issued
      ? 'rejected'
      : 'awaiting-first-request';
  }
  // A write before the configuration was deleted is part of another story.
  const { lastWriteAt } = requests;
  if (lastWriteAt === null || (decommissionedAt !== null && lastWriteAt <= decommissionedAt))
    return 'reads-only';
  if (facts.observing) return 'observing';
  return requests.lastHour.ours > 0 ? 'live-with-errors' : 'live';
}
