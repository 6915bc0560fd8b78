/** Prints a command's result: JSON for programs, text for people. */
export function print(options: { json?: boolean }, value: unknown, text: () => string): void {
  process.stdout.write(options.json === true ? `${JSON.stringify(value)}\n` : `${text()}\n`);
}

/** Rows as aligned columns under their headings. */
export function table<Row>(
  rows: readonly Row[],
  columns: Record<string, (row: Row) => string | number | null>,
): string {
  const lines = [
    Object.keys(columns),
    ...rows.map((row) => Object.values(columns).map((of) => String(of(row) ?? '–'))),
  ];
  const widths = Object.keys(columns).map((_, index) =>
    Math.max(...lines.map((line) => line[index]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
