import { afterEach, beforeEach, expect, test } from 'vitest';
import { bindSource, sorted } from '../../../../src/main/directory/search.ts';
import { readListQuery } from '../../../../src/main/scim/list-query.ts';
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

async function sortedBy(sortBy: string, mostSorted: number): Promise<string[]> {
  const { registry, store, answers, context } = planes;
  const query = { ...readListQuery([]), sortBy };
  const source = bindSource(
    { type: registry.userType, store: store.users },
    0,
    query,
    context.base,
    answers,
    false,
  );
  const request = { start: 0, limit: 10, needTotal: true, mostSorted, isAbandoned: () => false };
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
