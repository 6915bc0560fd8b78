import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type BoundSource,
  bindSource,
  inOrderOfCreation,
  sorted,
} from '../../../../src/main/directory/search.ts';
import { type ListQuery, readListQuery } from '../../../../src/main/scim/list-query.ts';
import { openPlanes, type Planes } from '../../../support/planes.ts';

let planes: Planes;
beforeEach(async () => {
  planes = await openPlanes();
  for (const [userName, title] of [
    ['a', 'z'],
    ['b', 'y'],
    ['c', 'x'],
  ]) {
    await planes.directory.create(planes.registry.userType, { userName, title }, planes.context);
  }
});
afterEach(() => planes.close());

function sourceOf(query: ListQuery): BoundSource {
  const { registry, store, answers, context } = planes;
  return bindSource({ type: registry.userType, store: store.users }, 0, query, context.base, answers, false);
}

const page = { start: 0, limit: 10, needTotal: true, mostSorted: 10, isAbandoned: () => false };

async function sortedBy(sortBy: string, mostSorted: number): Promise<string[]> {
  const query = { ...readListQuery([]), sortBy };
  const source = sourceOf(query);
  const request = { ...page, mostSorted };
  const { rows } = await sorted([source], query, request);
  return source
    .objects(
      rows.map(({ row }) => row),
      [],
    )
    .map(({ userName }) => String(userName));
}

test('sorting without an index has an end, and says so', async () => {
  expect(await sortedBy('title', 3)).toEqual(['c', 'b', 'a']);
  await expect(sortedBy('title', 2)).rejects.toMatchObject({ status: 400, scimType: 'tooMany' });
});

test('an index sorts as many as there are', async () => {
  expect(await sortedBy('userName', 2)).toEqual(['a', 'b', 'c']);
});

test('what SQL decides is found at once, on the snapshot of the caller; what the evaluator decides is not', async () => {
  const exact = inOrderOfCreation([sourceOf({ ...readListQuery([]), filter: 'userName sw "b"' })], page);
  expect(exact).not.toBeInstanceOf(Promise);
  expect(await exact).toMatchObject({ total: 1, rows: [{ row: { pk: 2 } }] });
  const searched = inOrderOfCreation([sourceOf({ ...readListQuery([]), filter: 'title eq "y"' })], page);
  expect(searched).toBeInstanceOf(Promise);
  expect(await searched).toMatchObject({ total: 1, rows: [{ row: { pk: 2 } }] });
});
