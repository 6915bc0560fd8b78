import { parseArgs } from 'node:util';

/** What a filling program is told: `--data DIR --users N [--groups SIZE,…]`. */
export interface FillArguments {
  dataDirectory: string;
  users: number;
  /** The size of each group; its members are the first users. */
  groups: number[];
}

/** Reads the command line of a filling program. */
export function fillArguments(): FillArguments {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, users: { type: 'string' }, groups: { type: 'string', default: '' } },
  });
  if (values.data === undefined || values.users === undefined) throw new Error('Give --data and --users.');
  return {
    dataDirectory: values.data,
    users: Number(values.users),
    groups: values.groups.split(',').filter(Boolean).map(Number),
  };
}
