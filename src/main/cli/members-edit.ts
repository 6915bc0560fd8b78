import type { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import {
  EDITABLE_FIELDS,
  type EditableField,
  editCalls,
  type MemberEdits,
} from '../../shared/contract/edits.ts';
import { print, table } from './print.ts';
import { action } from './session.ts';

const OPTIONS: Record<EditableField, string> = {
  displayName: '--display-name <text>',
  firstName: '--first-name <text>',
  lastName: '--last-name <text>',
  employeeNumber: '--employee-number <text>',
  title: '--title <text>',
  department: '--department <text>',
  division: '--division <text>',
  costCenter: '--cost-center <text>',
  organization: '--organization <text>',
};

/** Adds `members edit`: manual edits of a member and its record. */
export function addEditing(command: Command): void {
  const edit = command
    .command('edit <id>')
    .description(
      'write over what the IdP says; its next change of the same attribute overwrites that again. An empty text takes a value away. Without options: what can be edited, and who owns it',
    )
    .option('--preview', 'only say what the IdP owns of it');
  for (const spelling of Object.values(OPTIONS)) edit.option(spelling);
  edit.action(
    action<[string]>(async ({ services }, options, id) => {
      const changes = readChanges(options);
      const before = services.editing.of(id);
      if (Object.keys(changes).length === 0) return print(options, before, () => asTable(before));
      const warning = warningOf(before, changes);
      if (options.preview === true) {
        return print(options, { memberId: id, owned: ownedOf(before, changes), warning }, () =>
          warning === '' ? 'The IdP owns none of it.' : warning,
        );
      }
      // Before anything is written, and not on stdout, which is the result's.
      if (warning !== '') process.stderr.write(`${warning}\n`);
      const after = await services.editing.edit(id, changes, services.overview.operator());
      print(options, after, () => asTable(after));
    }),
  );
}

function readChanges(options: Record<string, unknown>): Partial<Record<EditableField, string | null>> {
  const given = EDITABLE_FIELDS.filter((field) => options[field] !== undefined);
  const { shape } = editCalls['members.edit'].input;
  const result = shape.changes.safeParse(Object.fromEntries(given.map((field) => [field, options[field]])));
  if (result.success) return result.data;
  throw new AppError('invalid-input', result.error.issues.map(({ message }) => message).join(' '));
}

function ownedOf({ fields }: MemberEdits, changes: object): MemberEdits['fields'] {
  return fields.filter(({ field, owned }) => owned && Object.hasOwn(changes, field));
}

function warningOf(edits: MemberEdits, changes: object): string {
  const owned = ownedOf(edits, changes);
  if (owned.length === 0) return '';
  const names = owned.map(({ field, sources }) => `${field} (from ${sources.join(', ')})`);
  return `Your IdP owns ${names.join(' and ')}. Its next change of that overwrites yours.`;
}

function asTable({ fields }: MemberEdits): string {
  return table(fields, {
    field: ({ field }) => field,
    here: ({ here }) => here,
    'the IdP says': ({ owned, idp }) => (owned ? idp : 'nothing: not its own'),
    edited: ({ edited }) => (edited ? 'yes' : ''),
  });
}
