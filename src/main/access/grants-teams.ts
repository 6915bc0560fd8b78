import { v7 as newId } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type { Audit } from '../audit/audit.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { TeamStore } from './grants-team-store.ts';

/** Teams that people make here, beside those that groups become. */
export interface Teams {
  /** @throws {AppError} `conflict` for a taken name */
  create(name: string): Promise<{ id: string; name: string }>;
  /** Inside a transaction. @throws {AppError} `conflict` for a taken name */
  make(name: string): { id: string; name: string };
  /**
   * @param updatedAt of the team as it was looked at
   * @throws {AppError} `not-found`, `conflict` for a taken name, a team that a group names, or a change in between
   */
  rename(id: string, name: string, updatedAt: string): Promise<{ id: string; name: string }>;
  /** With the grants by hand. @throws {AppError} `not-found`, `conflict` for a team of a group, or a change in between */
  remove(id: string, updatedAt: string): Promise<{ sentence: string }>;
}

/** Hand-made teams, each change in a transaction with its audit row. */
export function createTeams(deps: {
  store: TeamStore;
  holders(teamId: string): number;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
}): Teams {
  const { store, audit, write } = deps;
  const time = () => deps.now().toISOString();

  function requireFree(name: string, id: string | null): void {
    const taken = store.named(foldCase(name));
    if (taken && taken.id !== id) {
      throw new AppError('conflict', `There is a team ${taken.name} already.`, { field: 'name' });
    }
  }

  function own(id: string, updatedAt: string) {
    const team = store.team(id);
    if (!team) throw new AppError('not-found', `There is no team ${id}.`);
    if (team.groupId !== null) {
      throw new AppError(
        'conflict',
        `The team ${team.name} follows the group “${team.groupName ?? team.name}” of the IdP. Change it there, or pause its mapping here.`,
      );
    }
    if (team.updatedAt !== updatedAt) {
      throw new AppError(
        'conflict',
        `Somebody changed the team ${team.name} in the meantime. Look at it as it is now, then change it again.`,
      );
    }
    return team;
  }

  function make(name: string) {
    requireFree(name, null);
    const id = newId();
    store.insert({ id, name, sortKey: foldCase(name), time: time() });
    audit.record('team.created', id, { name, origin: 'manual' });
    return { id, name };
  }

  return {
    make,
    create: (name) => write(() => make(name)),
    rename: (id, name, updatedAt) =>
      write(() => {
        const team = own(id, updatedAt);
        requireFree(name, id);
        if (team.name !== name) {
          store.rename(id, name, foldCase(name), time());
          audit.record('team.renamed', id, { from: team.name, to: name });
        }
        return { id, name };
      }),
    remove: (id, updatedAt) =>
      write(() => {
        const { name } = own(id, updatedAt);
        const people = deps.holders(id);
        store.remove(id);
        audit.record('team.removed', id, { name, people });
        return {
          sentence: `The team ${name} is gone; ${people} ${people === 1 ? 'person was' : 'people were'} in it.`,
        };
      }),
  };
}
