import {
  type AttributeMapping,
  MAPPING_TARGETS,
  type MappingTarget,
  type MappingView,
} from '../../../../shared/contract/mapping.ts';

/** Each target with its sources as they stand in the form; a source may still be empty. */
export type MappingDraft = Record<MappingTarget, string[]>;

/** The form as the mapping is now. */
export function draftOf({ effective }: MappingView): MappingDraft {
  return copy((target) => effective[target]);
}

/** What to store: the targets that differ from the standard, without empty sources. */
export function readDraft(draft: MappingDraft, { standard }: MappingView): AttributeMapping {
  const targets = MAPPING_TARGETS.filter((target) => !isSame(filled(draft[target]), standard[target]));
  return Object.fromEntries(targets.map((target) => [target, filled(draft[target])]));
}

/** The targets whose sources are not what is stored. */
export function changedTargets(draft: MappingDraft, { effective }: MappingView): MappingTarget[] {
  return MAPPING_TARGETS.filter((target) => !isSame(filled(draft[target]), effective[target]));
}

/** Whether a target has no source: it can't be stored so. */
export function isEmptied(draft: MappingDraft, target: MappingTarget): boolean {
  return filled(draft[target]).length === 0;
}

/** The sources with one moved up or down by one place. */
export function moved(sources: readonly string[], index: number, by: -1 | 1): string[] {
  const result = [...sources];
  const [source] = result.splice(index, 1);
  if (source !== undefined) result.splice(index + by, 0, source);
  return result;
}

/** Whether two lists of sources read the same, in the same order. */
export function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((source, index) => source === other[index]);
}

function filled(sources: readonly string[]): string[] {
  return sources.map((source) => source.trim()).filter((source) => source !== '');
}

function copy(of: (target: MappingTarget) => readonly string[]): MappingDraft {
  return Object.fromEntries(MAPPING_TARGETS.map((target) => [target, [...of(target)]])) as MappingDraft;
}
