/**
 * Finds who, following managers upwards, comes back to themselves. Each person is looked at once, however they hang
 * together.
 * @param managerOf the manager of somebody; undefined at the top and for whom nobody knows.
 * @returns those on a cycle, among all who are above one of `starts` or one of them.
 */
export function onCycles(
  starts: Iterable<string>,
  managerOf: (person: string) => string | undefined,
): Set<string> {
  const found = new Set<string>();
  const done = new Set<string>();
  for (const start of starts) {
    const line: string[] = [];
    const places = new Map<string, number>();
    let person: string | undefined = start;
    while (person !== undefined && !done.has(person)) {
      const place = places.get(person);
      if (place !== undefined) {
        for (const one of line.slice(place)) found.add(one);
        break;
      }
      places.set(person, line.length);
      line.push(person);
      person = managerOf(person);
    }
    for (const one of line) done.add(one);
  }
  return found;
}
