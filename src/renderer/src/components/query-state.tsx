import { VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorCallout } from './error-callout.tsx';

/** Shows a query: its skeleton while it loads, its error with *Retry*, else its data. Old data beats an error. */
export function QueryState<T>({
  query,
  skeleton,
  errorTitle,
  children,
}: {
  query: UseQueryResult<T>;
  skeleton: ReactNode;
  errorTitle: string;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return <ErrorCallout error={query.error} title={errorTitle} onRetry={() => void query.refetch()} />;
  }
  return (
    <div aria-busy="true" style={{ display: 'contents' }}>
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      {skeleton}
    </div>
  );
}
