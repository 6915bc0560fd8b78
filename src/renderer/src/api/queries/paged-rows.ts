import type { UseQueryOptions } from '@tanstack/react-query';
import { useQueries, useQuery } from '@tanstack/react-query';

/** Rows in one page; the last may be shorter. */
export const PAGE_SIZE = 100;

/** First and last index that a table shows. */
export interface RowRange {
  first: number;
  last: number;
}

interface Page<T> {
  items: T[];
  total: number;
}

/** One page of a list as a query. The key differs from list to list, which is none of this file's business. */
type PageQuery<P> = UseQueryOptions<P, Error, P>;

/** The pages that hold rows of a range, the first page left out: it is always fetched. */
export function pagesBehindFirst({ first, last }: RowRange): number[] {
  const from = Math.max(1, Math.floor(first / PAGE_SIZE));
  const to = Math.floor(last / PAGE_SIZE);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/**
 * A long list of which only the pages in view are fetched: any row can be scrolled to, and a change fetches again only
 * what is on screen. `row` answers undefined for rows that are not there yet.
 */
export function usePagedRows<T, P extends Page<T>>(
  pageQuery: (page: number) => PageQuery<P>,
  range: RowRange,
) {
  const first = useQuery(pageQuery(0));
  const pages = pagesBehindFirst(range);
  const others = useQueries({ queries: pages.map(pageQuery) });

  function row(index: number): T | undefined {
    const page = Math.floor(index / PAGE_SIZE);
    const data = page === 0 ? first.data : others[pages.indexOf(page)]?.data;
    return data?.items[index % PAGE_SIZE];
  }

  return { first, row, total: first.data?.total ?? 0 };
}
