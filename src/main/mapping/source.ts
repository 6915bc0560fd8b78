import { AppError } from '../../shared/app-error.ts';
import { ScimError } from '../scim/error.ts';
import { elementPredicate, valuesAt } from '../scim/filter/evaluate.ts';
import type { JsonValue } from '../scim/json.ts';
import { isJsonObject } from '../scim/json.ts';
import { parsePath, resolvePath } from '../scim/path.ts';
import type { Attributes } from '../scim/resource.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import { withoutSubAttribute } from '../scim/schema/resource-type.ts';

/** Reads the first value that a source has in a resource; undefined where it has none. */
export type SourceReader = (attributes: Attributes) => JsonValue | undefined;

/** Text in braces is a path; what stands around it is kept. */
const PLACEHOLDER = /\{([^{}]*)\}/g;

/**
 * Compiles one source of the attribute mapping, so that reading a resource parses nothing.
 * @throws {AppError} `invalid-input` when a path is none, names no attribute, or ends in several values at once
 */
export function compileSource(source: string, type: ResourceType): SourceReader {
  if (!source.includes('{')) return compilePath(source, type);
  const readers = [...source.matchAll(PLACEHOLDER)].map(([, path]) => compilePath(path ?? '', type));
  const texts = source.split(/\{[^{}]*\}/);
  if (readers.length === 0 || texts.some((text) => /[{}]/.test(text))) {
    throw new AppError('invalid-input', `${source} has a brace without its other half.`);
  }
  return (attributes) => {
    const values = readers.map((read) => textOf(read(attributes)));
    if (values.every((value) => value === undefined)) return undefined;
    const filled = texts.map((text, index) => text + (values[index] ?? '')).join('');
    return filled.replace(/\s+/g, ' ').trim();
  };
}

/** Compiles a path of SCIM to a reader of its first value. */
function compilePath(text: string, type: ResourceType): SourceReader {
  try {
    const { path, filter } = resolvePath(parsePath(text), type);
    if (path.attribute.type === 'complex' && path.subAttribute === undefined) {
      throw new AppError(
        'invalid-input',
        `${text} has parts. Name the one that is meant, such as ${path.attribute.name}.${path.attribute.subAttributes?.[0]?.name ?? 'value'}.`,
      );
    }
    if (filter === undefined) return (attributes) => valuesAt(attributes, path)[0];
    const holds = elementPredicate(filter);
    const whole = withoutSubAttribute(path);
    const name = path.subAttribute?.name;
    return (attributes) => {
      const element = valuesAt(attributes, whole).find((each) => holds(each));
      return name !== undefined && isJsonObject(element) ? element[name] : element;
    };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new AppError('invalid-input', error.detail);
  }
}

/** A single value as text; undefined for none and for what has no one text. */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
