import { expect, test } from 'vitest';
import {
  changedTargets,
  draftOf,
  moved,
  readDraft,
} from '../../../src/renderer/src/features/mapping/mapping-draft.ts';
import { MAPPING_TARGETS, type MappingView } from '../../../src/shared/contract/mapping.ts';

const each = (more: object) =>
  ({
    ...Object.fromEntries(MAPPING_TARGETS.map((target) => [target, [target]])),
    ...more,
  }) as MappingView['standard'];
const view: MappingView = {
  edited: { title: ['nickName'] },
  effective: each({ title: ['nickName'] }),
  standard: each({}),
  received: [],
  findings: [],
  lookedAt: 0,
};

test('what is stored is what differs from the standard, without empty sources', () => {
  expect(readDraft(draftOf(view), view)).toEqual({ title: ['nickName'] });
  expect(readDraft({ ...draftOf(view), title: ['title', ' '] }, view)).toEqual({});
  expect(changedTargets({ ...draftOf(view), title: ['title'], email: ['a', 'b'] }, view)).toEqual([
    'email',
    'title',
  ]);
});

test('the order of sources counts', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(changedTargets({ ...draftOf(view), title: ['nickName', ''] }, view)).toEqual([]);
});
