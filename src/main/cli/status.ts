import { Command } from 'commander';
import type { Overview } from '../../shared/contract/overview.ts';
import { ENDPOINT_STATES } from '../../shared/endpoint-state.ts';
import { readOverview } from '../overview/overview.ts';
import { print } from './print.ts';
import { action } from './session.ts';

/** `status`: one screen. */
export function statusCommand(): Command {
  return new Command('status').description('the state of the endpoint, tokens and people').action(
    action((rollcall, options) => {
      const overview = readOverview(rollcall.services.overview);
      print(options, overview, () => inWords(overview));
    }, 'view'),
  );
}

function inWords(overview: Overview): string {
  const { organization, listener, sso, liveTokens, counts, requests } = overview;
  const state = ENDPOINT_STATES[overview.endpointState];
  return [
    organization ? `${organization.name} (${organization.id})` : 'No organization yet: rollcall init',
    `Endpoint   ${state.label}. ${state.sentence} ${state.next}`,
    `URL        ${overview.endpoint ?? '–'}`,
    `Listener   ${listener.state === 'listening' ? `port ${listener.port} on ${listener.host}, pid ${listener.pid}` : 'not listening'}`,
    `SSO        ${sso ? `${sso.protocol.toUpperCase()} ${sso.name}${sso.tryOut ? ' (try-out: nobody can sign in through it)' : ''}` : 'not set up'}`,
    sso?.certificateExpiresAt ? `           certificate expires ${sso.certificateExpiresAt}` : undefined,
    ...liveTokens.map(
      (token) =>
        `Token      ${token.prefix}… "${token.name}", ${token.state}, ${token.expiresAt ? `expires ${token.expiresAt}` : 'never expires'}, ${token.lastUsedAt ? `last used ${token.lastUsedAt} from ${token.lastUsedFrom}` : 'never used'}`,
    ),
    `Members    ${counts.active} active, ${counts.pending} pending, ${counts.suspended} suspended, ${counts.deactivated} deactivated; ${counts.teams} teams`,
    guardInWords(overview),
    observeInWords(overview),
    `Last hour  ${requests.lastHour.total} requests, ${requests.lastHour.failed} failed`,
    requests.lastFailure
      ? `           last failure ${requests.lastFailure.time}: ${requests.lastFailure.status} ${requests.lastFailure.reason ?? ''}`
      : undefined,
    `Data       ${overview.dataDirectory}`,
  ]
    .filter((text) => text !== undefined)
    .join('\n');
}

function guardInWords({ guard }: Overview): string | undefined {
  if (!guard.tripped) return undefined;
  return `Guard      tripped at ${guard.since}: ${guard.cuts} of ${guard.of} people lost access, ${guard.held} wait for a decision (rollcall guard list)`;
}

function observeInWords({ observe }: Overview): string | undefined {
  const { mode, users, groups, cut } = observe;
  if (mode === 'live' && users + groups === 0) return undefined;
  return `Observe    ${users} people and ${groups} groups wait to be applied, ${cut} of them cut off already (rollcall plan)`;
}
