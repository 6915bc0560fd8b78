import { InvalidArgumentError } from 'commander';

/** Reads a count of rows from the command line. */
export function readLimit(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.');
  return Number(text);
}
