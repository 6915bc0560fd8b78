import type { HeldChoice } from '../../../../shared/contract/deprovisioning.ts';

/** Who is chosen: some by name, or all who match a search but some. */
export type Selection =
  | { kind: 'some'; ids: ReadonlySet<string> }
  | { kind: 'all'; search: string; except: ReadonlySet<string> };

export const NOBODY: Selection = { kind: 'some', ids: new Set() };

/** All of a search, whatever its length. */
export function allOf(search: string): Selection {
  return { kind: 'all', search, except: new Set() };
}

export function isSelected(selection: Selection, id: string): boolean {
  return selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id);
}

/** The selection with one person more or less. */
export function toggled(selection: Selection, id: string): Selection {
  const flip = (set: ReadonlySet<string>) => {
    const next = new Set(set);
    if (!next.delete(id)) next.add(id);
    return next;
  };
  return selection.kind === 'some'
    ? { kind: 'some', ids: flip(selection.ids) }
    : { ...selection, except: flip(selection.except) };
}

/** How many people that are. @param total how many match the search. */
export function sizeOf(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size);
}

/** The same as the server takes it. */
export function choiceOf(selection: Selection): HeldChoice {
  if (selection.kind === 'some') return { memberIds: [...selection.ids] };
  const { search, except } = selection;
  return { ...(search !== '' && { search }), ...(except.size > 0 && { except: [...except] }) };
}
