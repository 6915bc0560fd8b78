import { AppError } from '../../shared/app-error.ts';
import type { MemberStanding, Receipt as ShownReceipt } from '../../shared/contract/deprovisioning.ts';
import type { DeprovisioningStore, Receipt } from './deprovisioning-store.ts';
import { later } from './plan/deprovision.ts';
import type { Cause } from './plan/plan.ts';

/** What is read of one member for {@link Standings.of}. */
export interface StandingRow {
  id: string;
  name: string;
  state: MemberStanding['state'];
  origin: 'scim' | 'manual' | 'sso';
  cause: Cause | null;
  cutAt: string | null;
  held: boolean;
  deactivateAt: string | null;
  deleteAt: string | null;
  recalled: 'inactive' | 'deleted' | null;
  userId: string | null;
  /** What the user's `active` is in the directory; null where there is no user. */
  active: boolean | null;
  notedSince: string | null;
}

/** An event of the audit trail about one subject. */
export interface TrailEvent {
  time: string;
  actor: string;
  event: string;
  detail: Record<string, unknown>;
}

/** Implemented by the store. */
export interface StandingStore {
  row(memberId: string): StandingRow | undefined;
  /** The newest first. */
  trail(subject: string, events: readonly string[], limit: number): TrailEvent[];
}

/** Why members are where they are, and what comes next. */
export interface Standings {
  /** @throws {AppError} `not-found` */
  of(memberId: string): MemberStanding;
  /** A receipt as people see it. */
  show(receipt: Receipt): ShownReceipt;
}

/** Events that moved a member, each as a sentence. */
const SENTENCES: Record<string, (detail: Record<string, unknown>) => string> = {
  'member.created': ({ state, reason }) => `Created as ${state}.${said(reason)}`,
  'member.state-changed': ({ from, to, reason }) => `From ${from} to ${to}.${said(reason)}`,
  'member.access-cut': ({ reason }) => `Access cut at once; the state waits for Apply.${said(reason)}`,
  'member.access-restored': () => 'Access restored: the IdP took its assertion back before it was applied.',
  'member.recalled': ({ to }) => `Recalled: ${to} again, whatever the IdP said.`,
  'member.recall-ended': () => 'The recall ended: the IdP said something else.',
  'member.deprovisioning-confirmed': () => 'The deprovisioning was confirmed.',
  'member.converted': () => 'Converted to a manual member.',
  'review.undone': () => 'A decision was taken back: everything as before it.',
  'conflict.linked': () => 'Found to be the same person as a newcomer, and linked to the user of the IdP.',
  'member.deleted': ({ reason }) => `Deleted.${said(reason)}`,
};
const SHOWN = 200;
const RECEIPTS = 50;

/** Standings, read from both planes and the audit trail. */
export function createStandings(deps: {
  store: StandingStore;
  receipts: Pick<DeprovisioningStore, 'receipts' | 'recallableReceipt'>;
  /** Days from deactivation to deletion, for those whose deactivation is to come. */
  retentionDays(): number;
}): Standings {
  const { store, receipts } = deps;

  function until({ state, deactivateAt, deleteAt }: Receipt): string | null {
    if (state === 'deactivated') return deleteAt;
    return deactivateAt === null ? null : later(deactivateAt, deps.retentionDays());
  }

  function show(receipt: Receipt): ShownReceipt {
    const { before, revoked, tripId: _, deactivateAt: __, deleteAt: ___, ...shown } = receipt;
    const recallable =
      receipts.recallableReceipt(receipt.memberId)?.id === receipt.id && !isDecidedHere(receipt);
    return {
      ...shown,
      ...revoked,
      before: before.state,
      recallable,
      recallableUntil: recallable ? until(receipt) : null,
    };
  }

  function directoryOf(row: StandingRow, last: Receipt | undefined): MemberStanding['directory'] {
    const { userId, active, origin, notedSince } = row;
    if (userId === null) {
      const since = last?.cause === 'deleted' ? last.time : null;
      return { says: origin === 'manual' ? 'nothing' : 'deleted', since, notedSince };
    }
    const [gone] = active === null ? store.trail(userId, ['directory.deleted'], 1) : [];
    if (active === null) return { says: 'deleted', since: gone?.time ?? null, notedSince };
    const trail = store.trail(userId, ['directory.updated', 'directory.created'], SHOWN);
    const since = trail.find(
      ({ event, detail }) => event === 'directory.created' || changed(detail, 'active'),
    );
    return { says: active ? 'active' : 'inactive', since: since?.time ?? null, notedSince };
  }

  return {
    show,
    of(memberId) {
      const row = store.row(memberId);
      if (!row) throw new AppError('not-found', 'There is no such member any more.');
      const found = receipts.receipts({ memberId, offset: 0, limit: RECEIPTS }).items;
      const trail = store.trail(memberId, Object.keys(SENTENCES), SHOWN);
      const recall = trail.find(({ event }) => event === 'member.recalled');
      const { id, name, state, cause, cutAt, held, deactivateAt, deleteAt, recalled } = row;
      const shown = found.map(show);
      const directory = directoryOf(row, found[0]);
      return {
        ...{ id, name, state, cause, cutAt, held, deactivateAt, deleteAt },
        recalled:
          recalled === null ? null : { assertion: recalled, at: recall?.time ?? '', by: recall?.actor ?? '' },
        directory,
        can: {
          recall:
            shown.some(({ recallable }) => recallable) || (cutAt !== null && directory.says === 'inactive'),
          suspend:
            state === 'active' || state === 'pending' || (state === 'suspended' && cause !== 'operator'),
          resume: state === 'suspended' && cause === 'operator',
        },
        receipts: shown,
        history: trail.map(({ time, actor, event, detail }) => ({
          time,
          actor,
          what: SENTENCES[event]?.(detail) ?? event,
        })),
      };
    },
  };
}

/** What an operator decided is taken back in another way than by a recall. */
function isDecidedHere({ cause, state }: Receipt): boolean {
  return cause === 'rejected' || (cause === 'operator' && state === 'suspended');
}

function changed(detail: Record<string, unknown>, name: string): boolean {
  return Array.isArray(detail.changed) && detail.changed.includes(name);
}

function said(reason: unknown): string {
  return typeof reason === 'string' && reason !== '' ? ` ${reason}` : '';
}
