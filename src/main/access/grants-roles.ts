import { v7 as newId } from 'uuid';
import { AppError } from '../../shared/app-error.ts';
import type { InputOf } from '../../shared/contract/index.ts';
import { OWNING_PERMISSION, type Role } from '../../shared/contract/roles.ts';
import type { Audit } from '../audit/audit.ts';
import { foldCase } from '../scim/fold-case.ts';
import type { RoleFacts, RoleStore } from './grants-role-store.ts';
import type { GrantsStore } from './grants-store.ts';

/** Role templates: named permissions. */
export interface Roles {
  /** By name. */
  list(): Role[];
  /** @throws {AppError} `not-found` */
  get(id: string): Role;
  /** @throws {AppError} `conflict` for a taken name, `invalid-input` for the owner's own permission */
  create(role: RoleFacts): Promise<Role>;
  /** @throws {AppError} `not-found`, `conflict` for a protected role, a taken name or a change in between, `invalid-input` */
  change(change: InputOf<'roles.change'>): Promise<Role>;
  /** @throws {AppError} `not-found`, `conflict` while it is protected, the default or in use, or changed in between */
  remove(id: string, version: number): Promise<{ sentence: string }>;
  /**
   * Makes an empty template of this id unless there is one. Inside a transaction.
   * @returns whether there was none
   */
  ensure(id: string): boolean;
}

/** Role templates, each change in a transaction with its audit row. */
export function createRoles(deps: {
  store: RoleStore;
  grants: Pick<GrantsStore, 'holderCounts'>;
  defaultRole(): string;
  audit: Audit;
  write<T>(work: () => T): Promise<T>;
  now(): Date;
  operator(): string;
}): Roles {
  const { store, audit, write } = deps;
  const stamp = () => ({ time: deps.now().toISOString(), by: deps.operator() });

  function present(role: Omit<Role, 'holders' | 'isDefault'>): Role {
    return {
      ...role,
      isDefault: role.id === deps.defaultRole(),
      holders: deps.grants.holderCounts({ kind: 'role', id: role.id }),
    };
  }

  function existing(id: string) {
    const role = store.get(id);
    if (!role) throw new AppError('not-found', `There is no role ${id}.`);
    return role;
  }

  function get(id: string): Role {
    return present(existing(id));
  }

  function editable(id: string, version: number) {
    const role = existing(id);
    if (role.protected)
      throw new AppError('conflict', `The role ${role.name} is protected: it stays as it is.`);
    if (role.version !== version) {
      throw new AppError(
        'conflict',
        `${role.updatedBy} changed the role ${role.name} in the meantime. Look at it as it is now, then change it again.`,
      );
    }
    return role;
  }

  function check({ name, permissions }: RoleFacts, id: string | null): void {
    const taken = store.list().find((role) => role.id !== id && foldCase(role.name) === foldCase(name));
    if (taken) throw new AppError('conflict', `There is a role ${taken.name} already.`, { field: 'name' });
    if (permissions.includes(OWNING_PERMISSION)) {
      throw new AppError(
        'invalid-input',
        `${OWNING_PERMISSION} belongs to the owner's role alone: otherwise a push could create an owner.`,
        { field: 'permissions' },
      );
    }
  }

  function insert(id: string, facts: RoleFacts): void {
    store.insert({ id, ...facts, ...stamp() });
    const { name, permissions, sensitive } = facts;
    audit.record('role.created', id, { name, permissions: [...permissions], sensitive });
  }

  return {
    list: () => store.list().map(present),
    get,
    create: (facts) =>
      write(() => {
        const role = { ...facts, permissions: inOrder(facts.permissions) };
        check(role, null);
        const id = freeId(facts.name);
        insert(id, role);
        return get(id);
      }),
    change: ({ id, version, ...change }) =>
      write(() => {
        const before = editable(id, version);
        const after: RoleFacts = {
          name: change.name ?? before.name,
          description: change.description ?? before.description,
          permissions: inOrder(change.permissions ?? before.permissions),
          sensitive: change.sensitive ?? before.sensitive,
        };
        check(after, id);
        const added = after.permissions.filter((one) => !before.permissions.includes(one));
        const removed = before.permissions.filter((one) => !after.permissions.includes(one));
        const changed = (['name', 'description', 'sensitive'] as const).filter(
          (key) => before[key] !== after[key],
        );
        if (added.length + removed.length + changed.length === 0) return get(id);
        store.update(id, { ...after, ...stamp() });
        audit.record('role.changed', id, {
          changed: [...changed, ...(added.length + removed.length > 0 ? ['permissions'] : [])],
          added,
          removed,
        });
        return get(id);
      }),
    remove: (id, version) =>
      write(() => {
        const role = editable(id, version);
        const refusal = whyKept(get(id));
        if (refusal !== null) throw new AppError('conflict', refusal);
        store.remove(id);
        audit.record('role.removed', id, { name: role.name });
        return { sentence: `The role ${role.name} is gone. Nobody held it.` };
      }),
    ensure(id) {
      if (store.get(id)) return false;
      insert(id, {
        name: id,
        description: 'Named by the provisioning policy.',
        permissions: [],
        sensitive: false,
      });
      return true;
    },
  };

  /** What scripts and policies call it by: its name in small letters, as long as that is free. */
  function freeId(name: string): string {
    const slug = foldCase(name)
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '');
    return slug === '' || store.get(slug) ? newId() : slug;
  }
}

/** Why a role can't be deleted, as a sentence; null if it can. */
export function whyKept({ name, isDefault, protected: isProtected, holders, mappings }: Role): string | null {
  if (isProtected) return `The role ${name} is protected: it stays as it is.`;
  if (isDefault) {
    return `New members come with the role ${name} (policy role.default). Choose another default before you delete it.`;
  }
  if (holders.held > 0 || mappings > 0) {
    const people = holders.held === 1 ? '1 person holds it' : `${holders.held} people hold it`;
    const links = mappings === 1 ? '1 mapping gives it' : `${mappings} mappings give it`;
    return `The role ${name} is in use: ${people}, and ${links}. Take it from them first.`;
  }
  return null;
}

function inOrder(permissions: readonly string[]): string[] {
  return [...new Set(permissions)].sort();
}
