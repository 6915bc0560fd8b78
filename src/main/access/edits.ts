import { AppError } from '../../shared/app-error.ts';
import { EDITABLE_FIELDS, type EditableField, type MemberEdits } from '../../shared/contract/edits.ts';
import type { Access } from './access.ts';
import { EDITABLE, type Edits, planEdit } from './plan/edit.ts';
import type { Edited, FactReader } from './plan/plan.ts';
import type { AccessStore } from './store.ts';

/** Somebody of whom people here hold something else than the IdP asserts. */
export interface Difference {
  memberId: string;
  name: string;
  fields: { field: string; here: string | null; idp: string | null }[];
}

/** Those with edits; implemented by the store. */
export interface EditedStore {
  /** Members with edits of their own or of their record, oldest first. */
  after(pk: number, limit: number): { pk: number; memberId: string }[];
}

/** Edits that people make to what the IdP owns (M15). */
export interface Editing {
  /**
   * What can be edited of a member, and what the IdP says about each.
   * @throws {AppError} `not-found`
   */
  of(memberId: string): MemberEdits;
  /**
   * Writes values over what the IdP asserts. They stay until it asserts something else.
   * @throws {AppError} `not-found`; `invalid-input` with the field; `conflict` for who is deleted or has no record
   */
  edit(memberId: string, edits: Edits, actor: string): Promise<MemberEdits>;
  /** Everybody whose values differ from what the IdP asserts, because somebody here edited them. */
  differences(): Difference[];
}

const PIECE = 500;

/** Manual edits of members and their records, each in one transaction with its audit rows. */
export function createEditing(deps: {
  store: Pick<AccessStore, 'memberSlice' | 'userSlice'>;
  edited: EditedStore;
  access: Pick<Access, 'decide'>;
  facts(): FactReader;
  /** Where the mapping reads each field from. */
  sources(): Record<EditableField, readonly string[]>;
  write<T>(work: () => T): Promise<T>;
}): Editing {
  const { store, access } = deps;

  function required(memberId: string) {
    const slice = store.memberSlice(memberId);
    if (!slice) throw new AppError('not-found', `There is no member ${memberId}.`);
    return slice;
  }

  function of(memberId: string): MemberEdits {
    const { member, employee } = required(memberId);
    const asserted =
      member.userId === null || member.origin === 'manual' ? null : store.userSlice(member.userId).asserted;
    const facts = deps.facts();
    const person = asserted && facts.member(asserted.attributes);
    const says: Partial<Record<EditableField, string | null>> | null = asserted &&
      person && { ...facts.employee(asserted.attributes, person), ...person };
    const held: Partial<Record<EditableField, string | null>> = { ...employee, ...member };
    const edited: Edited = { ...employee?.edited, ...member.edited };
    const sources = deps.sources();
    return {
      memberId,
      name: member.displayName || member.userName,
      fields: EDITABLE_FIELDS.filter((field) => employee !== null || isOf('member', field)).map((field) => ({
        field,
        here: held[field] ?? null,
        owned: says !== null,
        idp: says?.[field] ?? null,
        sources: [...sources[field]],
        edited: says !== null && edited[field] !== undefined,
      })),
    };
  }

  return {
    of,
    edit: (memberId, edits, actor) =>
      deps.write(() => {
        const { member, employee } = required(memberId);
        if (member.state === 'deleted') {
          throw new AppError('conflict', 'This member is deleted: there is nobody left to edit.');
        }
        const values: Edits = Object.fromEntries(
          Object.entries(edits).map(([field, value]) => [field, value === '' ? null : value]),
        );
        if (values.displayName === null) {
          throw new AppError('invalid-input', 'Nobody is without a name.', { field: 'displayName' });
        }
        if (!employee && EDITABLE.employee.some((field) => values[field] !== undefined)) {
          throw new AppError('conflict', `${member.displayName} has no employee record.`);
        }
        access.decide(memberId, (slice, policy) => planEdit(slice, values, policy), actor);
        return of(memberId);
      }),
    differences() {
      const found: Difference[] = [];
      for (let after = 0; ; ) {
        const rows = deps.edited.after(after, PIECE);
        for (const { memberId } of rows) {
          const { name, fields } = of(memberId);
          const differing = fields.filter(({ edited, here, idp }) => edited && here !== idp);
          if (differing.length === 0) continue;
          found.push({
            memberId,
            name,
            fields: differing.map(({ field, here, idp }) => ({ field, here, idp })),
          });
        }
        const last = rows.at(-1);
        if (last === undefined || rows.length < PIECE) return found;
        after = last.pk;
      }
    },
  };
}

function isOf(plane: keyof typeof EDITABLE, field: EditableField): boolean {
  return (EDITABLE[plane] as readonly EditableField[]).includes(field);
}
