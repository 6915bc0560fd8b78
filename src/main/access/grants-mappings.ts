import { v7 as newId } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type { Mapping, MappingAdd, MappingChange } from '../../shared/contract/grants.ts';
import type { Audit } from '../audit/audit.ts';
import type { MappingStore } from './grants-mapping-store.ts';
import type { RoleStore } from './grants-role-store.ts';
import type { TargetRef } from './grants-store.ts';
import type { TeamStore } from './grants-team-store.ts';
import type { Teams } from './grants-teams.ts';

/** What groups, and values of users' `roles`, give. A change holds at once, for everybody whom it concerns. */
export interface Mappings {
  list: MappingStore['list'];
  groups: MappingStore['groups'];
  /** @throws {AppError} `not-found` */
  get(id: string): Mapping;
  /**
   * @throws {AppError} `not-found` for the group or what it shall give, `invalid-input` for a protected role or a team
   *   by a value of `roles`, `conflict` for one that exists
   */
  add(mapping: MappingAdd): Promise<Mapping>;
  /** What is wrong with adding it; nothing if it returns. @throws {AppError} as {@link Mappings.add} */
  check(mapping: Pick<MappingAdd, 'source' | 'target'>): void;
  /** @throws {AppError} `not-found`, `conflict` after a change in between */
  change(change: MappingChange): Promise<Mapping>;
  /** @throws {AppError} `not-found`, `conflict` after a change in between */
  remove(id: string, version: number): Promise<{ sentence: string }>;
}

/** Mappings, each change in a transaction with its audit row. */
export function createMappings(deps: {
  store: MappingStore;
  roles: Pick<RoleStore, 'get'>;
  teamStore: Pick<TeamStore, 'team'>;
  teams: Pick<Teams, 'make'>;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  operator(): string;
}): Mappings {
  const { store, audit, write } = deps;

  function get(id: string): Mapping {
    const mapping = store.get(id);
    if (!mapping) throw new AppError('not-found', `There is no mapping ${id}.`);
    return mapping;
  }

  function current(id: string, version: number): Mapping {
    const mapping = get(id);
    if (mapping.version === version) return mapping;
    throw new AppError(
      'conflict',
      `Somebody changed ${describeMapping(mapping)} in the meantime. Look at it as it is now, then change it again.`,
    );
  }

  function check({ source, target }: Pick<MappingAdd, 'source' | 'target'>): void {
    if ('groupId' in source && !store.group(source.groupId)) {
      throw new AppError('not-found', `The IdP has no group ${source.groupId}.`);
    }
    if (target.kind === 'role') {
      const role = deps.roles.get(target.id);
      if (!role) throw new AppError('not-found', `There is no role ${target.id}.`);
      if (role.protected) {
        throw new AppError(
          'invalid-input',
          `The role ${role.name} is protected: a push can never give it. Give it by hand to whom it is for.`,
        );
      }
    } else {
      if ('roleValue' in source) {
        throw new AppError(
          'invalid-input',
          'A value of “roles” gives a role. Choose a role for it, not a team.',
        );
      }
      if (target.kind === 'team' && !deps.teamStore.team(target.id)) {
        throw new AppError('not-found', `There is no team ${target.id}.`);
      }
    }
    if (target.kind === 'new-team') return;
    const known = store.existing(source, target);
    if (known) {
      throw new AppError('conflict', `There is ${describeMapping(get(known.id))} already (${known.id}).`);
    }
  }

  function detail({ group, roleValue, target }: Mapping) {
    return { group: group?.id ?? null, roleValue, target: target.id, kind: target.kind };
  }

  return {
    list: store.list,
    groups: store.groups,
    get,
    check,
    add: (mapping) =>
      write(() => {
        check(mapping);
        const { source, target, precedence, needsReview } = mapping;
        const id = newId();
        const to: TargetRef =
          target.kind === 'new-team' ? { kind: 'team', id: deps.teams.make(target.name).id } : target;
        store.insert({
          id,
          groupId: 'groupId' in source ? source.groupId : null,
          roleValue: 'roleValue' in source ? source.roleValue : null,
          target: to,
          precedence,
          needsReview,
          time: deps.now().toISOString(),
          by: deps.operator(),
        });
        const added = get(id);
        audit.record('mapping.added', id, { ...detail(added), precedence, needsReview });
        return added;
      }),
    change: ({ id, version, ...change }) =>
      write(() => {
        const before = current(id, version);
        const paused = change.paused ?? before.pausedAt !== null;
        const wasPaused = before.pausedAt !== null;
        const after = {
          precedence: change.precedence ?? before.precedence,
          needsReview: change.needsReview ?? before.needsReview,
          pausedAt: !paused ? null : (before.pausedAt ?? deps.now().toISOString()),
          pausedBy: !paused ? null : (before.pausedBy ?? deps.operator()),
        };
        const changed = (['precedence', 'needsReview'] as const).filter((key) => before[key] !== after[key]);
        if (changed.length === 0 && paused === wasPaused) return before;
        store.update(id, after);
        if (changed.length > 0) {
          const { precedence, needsReview } = after;
          audit.record('mapping.changed', id, { ...detail(before), changed, precedence, needsReview });
        }
        if (paused !== wasPaused)
          audit.record(paused ? 'mapping.paused' : 'mapping.resumed', id, detail(before));
        return get(id);
      }),
    remove: (id, version) =>
      write(() => {
        const mapping = current(id, version);
        store.remove(id);
        audit.record('mapping.removed', id, detail(mapping));
        return { sentence: `Removed ${describeMapping(mapping)}.` };
      }),
  };
}

/** A mapping in words, to stand within a sentence. */
export function describeMapping({ group, roleValue, target }: Mapping): string {
  const source =
    group === null ? `the value “${roleValue}” of roles` : `the group “${group.name ?? group.id}”`;
  return `the mapping of ${source} to the ${target.kind} “${target.name}”`;
}
