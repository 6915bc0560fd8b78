import { beforeEach, describe, expect, test } from 'vitest';
import { createReadingPlaces, type ReadingPlaces } from '../../../../src/main/directory/reading-places.ts';

let now: number;
let places: ReadingPlaces;
beforeEach(() => {
  now = 0;
  places = createReadingPlaces(() => now);
});
const place = (pk: number) => ({ place: { source: 0, pk }, newest: [pk] });

describe('the place of a reading', () => {
  test('is where the page before it ended, for that reading and that index alone', () => {
    places.remember('a', 101, place(7));
    expect(places.find('a', 101)).toEqual(place(7));
    expect(places.find('a', 102)).toBeUndefined();
    expect(places.find('b', 101)).toBeUndefined();
  });

  test('is forgotten five minutes after the last page', () => {
    places.remember('a', 101, place(7));
    now = 4 * 60_000;
    places.remember('a', 201, place(8));
    now = 9 * 60_000;
    expect(places.find('a', 101)).toEqual(place(7));
    now += 1;
    expect(places.find('a', 201)).toBeUndefined();
  });

  test('is forgotten when the reading begins anew', () => {
    places.remember('a', 101, place(7));
    places.restart('a');
    expect(places.find('a', 101)).toBeUndefined();
  });

  test('is kept for the last pages only, and for the last readings', () => {
    for (const index of [101, 201, 301, 401]) places.remember('a', index, place(index));
    expect(places.find('a', 101)).toBeUndefined();
    expect(places.find('a', 201)).toEqual(place(201));
    for (let reading = 0; reading < 2000; reading++) places.remember(`r${reading}`, 1, place(1));
    expect(places.find('a', 401)).toBeUndefined();
    expect(places.find('r0', 1)).toEqual(place(1));
  });
});
