import type { Overview, Setup } from '../../../../shared/contract/overview.ts';
import type { SetupView } from '../../paths.ts';

export type StepId = Setup['current'];

/** The steps in their order, as the rail names them. */
export const STEPS: readonly { id: StepId; label: string }[] = [
  { id: 'organization', label: 'Organization' },
  { id: 'sso', label: 'Single sign-on' },
  { id: 'policy', label: 'Provisioning policy' },
  { id: 'token', label: 'Enable SCIM' },
  { id: 'connect', label: 'Connect' },
  { id: 'review', label: 'Review members' },
];

/** Why a step can't be worked on yet, and the step that comes before it; null when it can. */
export interface Lock {
  sentence: string;
  first: StepId;
}

/** What has to come first, read off the data. */
export function lockOf(id: StepId, setup: Setup, overview: Overview): Lock | null {
  if (id !== 'organization' && overview.organization === null) {
    return {
      sentence: 'Name your organization first; its id is part of every address.',
      first: 'organization',
    };
  }
  if (id === 'token' && !setup.steps.sso.done) {
    return {
      sentence:
        'SCIM comes after single sign-on: without a connection, nobody whom the IdP creates here could ever sign in. Store the connection first.',
      first: 'sso',
    };
  }
  if (id === 'connect' && overview.liveTokens.length === 0 && !setup.steps.connect.done) {
    return {
      sentence: 'There is nothing to connect with yet. Generate a token first, then come back.',
      first: setup.steps.sso.done ? 'token' : 'sso',
    };
  }
  return null;
}

/** The view that the page opens on: the first step that is not done, or what runs once all are. */
export function openingView({ steps, current }: Setup): SetupView {
  return Object.values(steps).every(({ done }) => done) ? 'endpoint' : current;
}

/** Reads a view out of the URL. */
export function parseView(text: string | null): SetupView | null {
  if (text === 'endpoint') return text;
  return STEPS.find(({ id }) => id === text)?.id ?? null;
}

/** The step after this one; the last leads to what runs. */
export function viewAfter(id: StepId): SetupView {
  return STEPS[STEPS.findIndex((step) => step.id === id) + 1]?.id ?? 'endpoint';
}
