import { z } from 'zod';
import { call } from './define.ts';

/** What people may write over what the IdP asserts; `displayName` to `lastName` are the member's, the others its record's. */
export const EDITABLE_FIELDS = [
  'displayName',
  'firstName',
  'lastName',
  'employeeNumber',
  'title',
  'department',
  'division',
  'costCenter',
  'organization',
] as const;
export const editableField = z.enum(EDITABLE_FIELDS);
export type EditableField = z.infer<typeof editableField>;

/** What a person may edit of a member, and what the IdP would make of it (M15). */
export const memberEdits = z.object({
  memberId: z.string(),
  name: z.string(),
  fields: z.array(
    z.object({
      field: editableField,
      here: z.string().nullable(),
      /** The IdP asserts it, or could: its next change overwrites what is written here. */
      owned: z.boolean(),
      /** What the IdP asserts now; null for nothing, and where it does not own the field. */
      idp: z.string().nullable(),
      /** Attributes that it is read from, the first with a value. */
      sources: z.array(z.string()),
      /** A person here wrote it over what the IdP asserts. */
      edited: z.boolean(),
    }),
  ),
});
export type MemberEdits = z.infer<typeof memberEdits>;

const id = z.string().min(1).max(64);

export const editCalls = {
  'members.edits': call(z.strictObject({ id }), memberEdits, 'view'),
  /** What is left out stays; null and nothing but spaces take a value away. */
  'members.edit': call(
    z.strictObject({ id, changes: z.partialRecord(editableField, z.string().trim().max(1000).nullable()) }),
    memberEdits,
    'edit',
  ),
};
