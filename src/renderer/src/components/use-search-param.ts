import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** One parameter of the URL as state. Setting it replaces the history entry unless `push` is given. */
export function useSearchParam(
  name: string,
  { push = false }: { push?: boolean } = {},
): readonly [value: string | null, set: (value: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string | null) => {
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        // Synchronously, or a switch bound to it would spring back until React gets round to it.
        { replace: !push, flushSync: true },
      );
    },
    [name, push, setParams],
  );
  return [params.get(name), set];
}
