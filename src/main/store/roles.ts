import type { Role } from '../../shared/contract/roles.ts';
import type { RoleStore } from '../access/grants-role-store.ts';
import type { Database } from './database.ts';

type RoleRow = Omit<Role, 'holders' | 'isDefault' | 'permissions' | 'sensitive' | 'protected'> & {
  permissions: string;
  sensitive: 0 | 1;
  protected: 0 | 1;
};

const ROLE = `r.id, r.name, r.description, r.permissions, r.sensitive, r.protected, r.version,
  r.created_at AS createdAt, r.updated_at AS updatedAt, r.updated_by AS updatedBy,
  (SELECT count(*) FROM mapping p WHERE p.role_id = r.id) AS mappings`;

/** Role templates on SQLite. */
export function createRoleStore(database: Database): RoleStore {
  const all = database.prepare<[], RoleRow>(`SELECT ${ROLE} FROM role r ORDER BY fold_case(r.name), r.id`);
  const byId = database.prepare<[string], RoleRow>(`SELECT ${ROLE} FROM role r WHERE r.id = ?`);
  const insert = database.prepare(
    `INSERT INTO role (id, name, description, permissions, sensitive, protected, version, created_at, updated_at, updated_by)
     VALUES (@id, @name, @description, @permissions, @sensitive, 0, 1, @time, @time, @by)`,
  );
  const update = database.prepare(
    `UPDATE role SET name = @name, description = @description, permissions = @permissions, sensitive = @sensitive,
       version = version + 1, updated_at = @time, updated_by = @by WHERE id = @id`,
  );
  const remove = database.prepare('DELETE FROM role WHERE id = ?');
  const columns = ({ permissions, sensitive }: { permissions: readonly string[]; sensitive: boolean }) => ({
    permissions: JSON.stringify(permissions),
    sensitive: Number(sensitive),
  });
  return {
    list: () => all.all().map(toRole),
    get(id) {
      const row = byId.get(id);
      return row && toRole(row);
    },
    insert: (role) => {
      insert.run({ ...role, ...columns(role) });
    },
    update: (id, role) => {
      update.run({ ...role, id, ...columns(role) });
    },
    remove: (id) => {
      remove.run(id);
    },
  };
}

function toRole(row: RoleRow): Omit<Role, 'holders' | 'isDefault'> {
  return {
    ...row,
    permissions: JSON.parse(row.permissions) as string[],
    sensitive: row.sensitive === 1,
    protected: row.protected === 1,
  };
}
