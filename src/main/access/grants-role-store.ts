import type { Role } from '../../shared/contract/roles.ts';

/** A role template as it is written. */
export interface RoleFacts {
  name: string;
  description: string;
  permissions: readonly string[];
  sensitive: boolean;
}

/** Role templates; implemented by the store. Writes run inside the caller's transaction. */
export interface RoleStore {
  /** By name without case, without who holds them. */
  list(): Omit<Role, 'holders' | 'isDefault'>[];
  get(id: string): Omit<Role, 'holders' | 'isDefault'> | undefined;
  insert(role: RoleFacts & { id: string; time: string; by: string }): void;
  /** Raises the version. */
  update(id: string, facts: RoleFacts & { time: string; by: string }): void;
  remove(id: string): void;
}
