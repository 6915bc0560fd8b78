import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readCursor, writeCursor } from '../../../../src/main/directory/cursor.ts';
import { readListQuery } from '../../../../src/main/scim/list-query.ts';

const now = new Date('2026-01-01T00:00:00Z');
const query = readListQuery([['count', '10']]);

/** A cursor as somebody would make it who has read how: the seal is right, what it seals is not. */
function forge(body: string): string {
  const { filter, sortBy, sortOrder, projection } = query;
  const seal = createHash('sha256')
    .update(JSON.stringify([body, 'User', filter, sortBy, sortOrder, projection]))
    .digest('base64url')
    .slice(0, 12);
  return Buffer.from(seal + body).toString('base64url');
}
const read = (cursor: string) => readCursor({ ...query, cursor }, 'User', now);

test('a cursor names its place, also one that a client could have made', () => {
  const place = { source: 0, pk: 7, key: 'ann' };
  expect(read(writeCursor(place, query, 'User', now))).toEqual(place);
  const seconds = now.getTime() / 1000;
  expect(read(forge(`[${seconds},10,0,7,"ann"]`))).toEqual(place);
});

test.each([
  '',
  'no JSON',
  '{}',
  '[]',
  'null',
  '[0,10,0,-1]',
  '[0,10,0,1.5]',
  '[0,10,0,7,{}]',
  '[0,"10",0,7]',
  '[0,10,[],7]',
])('a forged cursor of %j is refused like any other that is not ours', (body) => {
  expect(() => read(forge(body))).toThrow(
    expect.objectContaining({ status: 400, scimType: 'invalidCursor' }),
  );
});

test('an hour later it has expired', () => {
  const cursor = writeCursor({ source: 0, pk: 7 }, query, 'User', now);
  const later = (seconds: number) =>
    readCursor({ ...query, cursor }, 'User', new Date(now.getTime() + seconds * 1000));
  expect(later(3600)).toEqual({ source: 0, pk: 7 });
  expect(() => later(3601)).toThrow(expect.objectContaining({ scimType: 'expiredCursor' }));
});
