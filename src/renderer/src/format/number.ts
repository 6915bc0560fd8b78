const NUMBER = new Intl.NumberFormat('en');

/** "1,500". */
export function count(value: number): string {
  return NUMBER.format(value);
}

/** "1 person", "1,500 people". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
