import type { Policy } from '../shared/contract/policy.ts';
import { createAccess } from './access/access.ts';
import type { Letters } from './access/apply.ts';
import { createConflicts } from './access/conflicts.ts';
import { memberDates } from './access/dates.ts';
import { createDecommissionKind, type Decommission } from './access/decommission.ts';
import { createDeprovisioning } from './access/deprovisioning.ts';
import { createEditing } from './access/edits.ts';
import { createGrantServices } from './access/grants-services.ts';
import { createGuard, guardDecision } from './access/guard.ts';
import { applyObserved, createObserve } from './access/observe.ts';
import { ADMISSION_REASONS } from './access/plan/admission.ts';
import type { FactReader } from './access/plan/plan.ts';
import { createReview } from './access/review.ts';
import { accessSettings, guardLimits } from './access/settings.ts';
import { createStandings } from './access/standing.ts';
import { createSuspension } from './access/suspension.ts';
import { createUndoing } from './access/undoing.ts';
import type { Audit } from './audit/audit.ts';
import { createEmployees } from './employees/employees.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { AnyJobKind } from './jobs/kind.ts';
import type { MappingService } from './mapping/mapping.ts';
import type { Caller } from './operators/caller.ts';
import type { PolicyService } from './policy/policy.ts';
import { createAccessStore } from './store/access-plane.ts';
import { createConflictStore } from './store/conflicts.ts';
import type { Database } from './store/database.ts';
import { createDeprovisioningStore } from './store/deprovisioning.ts';
import { createEditedStore } from './store/edited.ts';
import { createEmployeeStore } from './store/employees.ts';
import { createGrantsStore } from './store/grants.ts';
import { createMappingStore } from './store/mappings.ts';
import { createStandingStore } from './store/member-standing.ts';
import { createObserveStore } from './store/observed.ts';
import { createPeopleStore } from './store/people.ts';
import { createReviewStore } from './store/review.ts';
import { createRoleStore } from './store/roles.ts';
import { createTeamStore } from './store/teams.ts';

/** The setting that says what the people of a deleted configuration wait for. */
const DECOMMISSION = 'scim.decommission';

/** What the access plane is made of, and what it needs of the others. */
export interface AccessParts {
  database: Database;
  policy: Pick<PolicyService, 'set'>;
  currentPolicy(): Policy;
  /** The attribute mapping, compiled. */
  factReader(): FactReader;
  factSources(): ReturnType<MappingService['effective']>;
  letters: Letters;
  settings: { get(key: string): unknown; set(key: string, value: unknown): void };
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  caller: Caller;
  isOwner(): boolean;
  /** Made after this, since it runs kinds of this. */
  jobs(): Jobs;
}

/** The part of the composition that decides who may do what: members, records, teams, roles and what changes them. */
export function composeAccess(parts: AccessParts) {
  const { database, currentPolicy, settings, audit, write, now } = parts;
  const operator = parts.caller.actor;

  const deprovisioningStore = createDeprovisioningStore(database);
  const deprovisioning = createDeprovisioning({
    store: deprovisioningStore,
    audit,
    limits: () => guardLimits(currentPolicy()),
    write,
    settle: (memberId, actor) => access.settle(memberId, actor),
    assertionOf: (memberId) => access.assertionOf(memberId),
    now,
  });
  const accessStore = createAccessStore(database);
  const conflictStore = createConflictStore(database);
  const observed = createObserveStore(database);
  const access = createAccess({
    store: accessStore,
    observed,
    conflicts: conflictStore,
    deprovisioning,
    audit,
    now,
    settings: () => accessSettings(currentPolicy(), parts.factReader()),
    letters: parts.letters,
  });
  const guard = createGuard({
    store: deprovisioningStore,
    deprovisioning,
    stopsTheLine: () => currentPolicy()['guard.stopTheLine'],
    jobs: parts.jobs,
  });
  const observe = createObserve({
    store: observed,
    access,
    mode: () => currentPolicy().apply,
    jobs: parts.jobs,
  });
  const standings = createStandings({
    store: createStandingStore(database),
    receipts: deprovisioningStore,
    retentionDays: () => currentPolicy()['retention.days'],
  });
  const reviewStore = createReviewStore(database, ADMISSION_REASONS.foreignDomain);
  const deciding = {
    access,
    undoing: createUndoing({ store: reviewStore, standings: deprovisioningStore, deprovisioning }),
    audit,
    write,
    now,
  };
  const conflicts = createConflicts({ ...deciding, store: conflictStore, members: reviewStore });
  const editing = createEditing({
    store: accessStore,
    edited: createEditedStore(database),
    access,
    facts: parts.factReader,
    sources: parts.factSources,
    write,
  });
  const grantServices = createGrantServices({
    store: createGrantsStore(database),
    mappingStore: createMappingStore(database),
    roleStore: createRoleStore(database),
    teamStore: createTeamStore(database),
    defaultRole: () => currentPolicy()['role.default'],
    audit,
    write,
    now,
    operator,
    isOwner: parts.isOwner,
  });
  const kinds: AnyJobKind[] = [
    createDecommissionKind({
      access,
      store: {
        pending: () => (settings.get(DECOMMISSION) ?? undefined) as Decommission | undefined,
        done: () => settings.set(DECOMMISSION, null),
      },
    }),
    memberDates(access),
    guardDecision({ store: deprovisioningStore, deprovisioning }),
    applyObserved({
      store: observed,
      access,
      goLive: (actor) => parts.caller.as(actor, () => parts.policy.set({ apply: 'live' })),
    }),
  ];

  return {
    services: {
      access,
      people: createPeopleStore(database),
      editing,
      employees: createEmployees({
        store: createEmployeeStore(database),
        audit,
        write,
        now,
        operator,
      }),
      ...grantServices,
      deprovisioning,
      guard,
      observe,
      standings,
      suspension: createSuspension({ store: accessStore, access, write }),
      review: createReview({ ...deciding, store: reviewStore, conflicts }),
      conflicts,
    },
    kinds,
    /** Notes what becomes of the people; inside the transaction in which the tokens die. */
    decommission: (decision: Decommission) => settings.set(DECOMMISSION, decision),
  };
}
