/** A list's rows are fetched in pages of this size. */
export const PAGE = 500;

/** Every page of a list, in order, or the first `limit` rows. */
export function whole<Row>(page: (offset: number) => Row[], limit = Number.POSITIVE_INFINITY): Row[] {
  const rows: Row[] = [];
  for (;;) {
    const next = page(rows.length);
    rows.push(...next);
    if (next.length < PAGE || rows.length >= limit) return rows.slice(0, Math.min(limit, rows.length));
  }
}
