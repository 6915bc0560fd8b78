import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { useEffect, useState } from 'react';

/** What the keys of the queue do; each about the row that the keyboard is on. */
export interface ReviewKeys {
  approve(): void;
  reject(): void;
  note(): void;
  undo(): void;
  choose(): void;
  chooseAll(): void;
  open(): void;
}

/**
 * A row that the arrow keys move through the queue, and keys that decide about it. While a dialog is open they rest;
 * in a text field they are text.
 */
export function useReviewKeys(length: number, resting: boolean, keys: ReviewKeys): number {
  const [at, setAt] = useState(0);
  const cursor = Math.min(at, Math.max(0, length - 1));
  // What was decided leaves the queue, and the next one takes its place.
  useEffect(() => setAt((current) => Math.min(current, Math.max(0, length - 1))), [length]);

  const move = (by: number) => setAt(Math.max(0, Math.min(length - 1, cursor + by)));
  const on = (key: string, work: () => void, needsRow = true): HotkeyItem => [
    key,
    (event) => {
      if (resting || (needsRow && length === 0) || isTyping(event.target)) return;
      event.preventDefault();
      work();
    },
    { preventDefault: false },
  ];
  // A checkbox is an input, too, and keys go on to work after it was clicked.
  useHotkeys(
    [
      on('ArrowDown', () => move(1)),
      on('ArrowUp', () => move(-1)),
      on('PageDown', () => move(10)),
      on('PageUp', () => move(-10)),
      on('Home', () => move(-length)),
      on('End', () => move(length)),
      on('a', keys.approve),
      on('r', keys.reject),
      on('n', keys.note),
      on('x', keys.choose),
      on('shift+A', keys.chooseAll),
      on('o', keys.open),
      on('u', keys.undo, false),
    ],
    [],
  );
  return cursor;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return target.isContentEditable || target.matches('textarea, select');
}
