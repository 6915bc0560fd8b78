import { readFileSync, statSync } from 'node:fs';
import { Command } from 'commander';
import { AppError } from '../../shared/app-error.ts';
import type {
  ExtendedResource,
  Schema,
  SchemaAttribute,
  SchemaPreview,
} from '../../shared/contract/schemas.ts';
import { print, table } from './print.ts';
import { action, logToStderr } from './session.ts';

/** Larger than any schema that would be accepted. */
const MAX_FILE_BYTES = 2_000_000;

/** `schemas list · show URN · register FILE · replace FILE · remove URN`. */
export function schemasCommand(): Command {
  const command = new Command('schemas').description('the attributes that users and groups can have');
  command
    .command('list')
    .description('the standard schemas, then those that were registered')
    .action(
      action(({ services }, options) => {
        const schemas = services.schemas.list();
        print(options, schemas, () =>
          table(schemas, {
            urn: ({ id }) => id,
            'resource type': ({ resourceType }) => resourceType,
            kind: ({ kind }) => kind,
            attributes: ({ attributes }) => attributes.length,
          }),
        );
      }, 'view'),
    );
  command
    .command('show <urn>')
    .description('one schema with its attributes')
    .action(
      action<[string]>(({ services }, options, urn) => {
        const schema = services.schemas.get(urn);
        print(options, schema, () => inWords(schema));
      }, 'view'),
    );
  command
    .command('register <file>')
    .description('add a schema of your own: JSON in the form of RFC 7643, section 7')
    .option('--resource <type>', 'what it extends: User or Group', 'User')
    .action(
      action<[string]>(async ({ services }, options, file) => {
        const resourceType = readResourceType(options.resource);
        const definition = readDefinition(file);
        sayNotes(services.schemas.preview(resourceType, definition));
        const schema = await services.schemas.register(resourceType, definition);
        print(options, schema, () => `Registered. It holds from the next request on.\n${inWords(schema)}`);
      }),
    );
  command
    .command('replace <file>')
    .description('put another definition in place of the registered one with the same URN')
    .option('--force', 'delete the values that no longer fit')
    .action(
      action<[string]>(async ({ services }, options, file) => {
        const definition = readDefinition(file);
        sayNotes(services.schemas.preview('User', definition));
        const schema = await services.schemas.replace(definition, options.force === true);
        print(options, schema, () => `Replaced. It holds from the next request on.\n${inWords(schema)}`);
      }),
    );
  command
    .command('remove <urn>')
    .description('take a registered schema away')
    .option('--force', 'delete the values that people and groups hold')
    .action(
      action<[string]>(async ({ services }, options, urn) => {
        const removed = await services.schemas.remove(urn, options.force === true);
        print(options, removed, () =>
          removed.resources === 0
            ? `Removed ${removed.id}. Nobody held a value.`
            : `Removed ${removed.id}, and the values that ${removed.resources} held.`,
        );
      }),
    );
  return command;
}

/** What is worth knowing although it succeeds. */
function sayNotes({ schema, notes }: SchemaPreview): void {
  if (schema !== null) for (const note of notes) logToStderr(note);
}

function readResourceType(text: unknown): ExtendedResource {
  if (text === 'User' || text === 'Group') return text;
  throw new AppError('invalid-input', '--resource takes User or Group.');
}

function readDefinition(file: string): unknown {
  let text: string;
  try {
    if (statSync(file).size > MAX_FILE_BYTES) throw new AppError('invalid-input', `${file} is too large.`);
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid-input', `The file ${file} can't be read.`, { cause });
  }
  try {
    // Editors on Windows put a byte order mark first.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AppError('invalid-input', `${file} is no JSON: ${(cause as Error).message}`, { cause });
  }
}

function inWords({ id, name, description, resourceType, attributes }: Schema): string {
  const rows = attributes.flatMap((attribute) => [
    attribute,
    ...(attribute.subAttributes ?? []).map((sub) => ({ ...sub, name: `${attribute.name}.${sub.name}` })),
  ]);
  const title = description === '' ? name : `${name}: ${description}`;
  return `${id}\n${title}\nExtends ${resourceType}.\n\n${table<SchemaAttribute>(rows, {
    attribute: (row) => row.name,
    type: (row) => `${row.type}${row.multiValued ? ', several' : ''}`,
    mutability: (row) => row.mutability,
    returned: (row) => row.returned,
  })}`;
}
