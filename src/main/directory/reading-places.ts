import type { ListPlace } from './cursor.ts';

/** Remembers where index paging stands, so that somebody who reads page after page misses nobody. */
export interface ReadingPlaces {
  /** Where the page that starts at this index begins, if the page before it was read a while ago. */
  find(reading: string, startIndex: number): ReadingPlace | undefined;
  /** The page that starts at this index begins behind this place. The first page of a reading begins it anew. */
  remember(reading: string, startIndex: number, place: ReadingPlace): void;
  /** Somebody begins this reading from the start. */
  restart(reading: string): void;
}

export interface ReadingPlace {
  place: ListPlace;
  /** The newest row number of each type then. */
  newest: readonly number[];
}

/** Longer than any client takes between two pages. */
const KEEP_MS = 5 * 60_000;
/** Readings at a time; the oldest give way. */
const KEEP = 2000;

/**
 * With index paging alone, a resource deleted on a page that was read already moves all others up by one, and the
 * first of the next page is never seen. So the next page begins behind the last resource that was shown, as with a
 * cursor, and not at a number. Kept in memory: after a restart the number counts again.
 *
 * @param now milliseconds
 */
export function createReadingPlaces(now: () => number): ReadingPlaces {
  const readings = new Map<string, { since: number; places: Map<number, ReadingPlace> }>();

  return {
    find(reading, startIndex) {
      const found = readings.get(reading);
      return found && now() - found.since <= KEEP_MS ? found.places.get(startIndex) : undefined;
    },
    remember(reading, startIndex, place) {
      const places = readings.get(reading)?.places ?? new Map<number, ReadingPlace>();
      // Nobody goes back by more than a page.
      if (places.size >= 3) places.delete(Math.min(...places.keys()));
      places.set(startIndex, place);
      // A map keeps the order of insertion: the first is the one that was not read for the longest time.
      readings.delete(reading);
      readings.set(reading, { since: now(), places });
      const [oldest] = readings.keys();
      if (readings.size > KEEP && oldest !== undefined) readings.delete(oldest);
    },
    restart: (reading) => {
      readings.delete(reading);
    },
  };
}
