import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { CallName, ChangedEntity, InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { call } from '../client.ts';
import { invalidate } from '../invalidate.ts';

/** A call that changes data. It counts as pending until everything that shows `touches` has been fetched again. */
export function useChange<N extends CallName>(name: N, touches: readonly ChangedEntity[]) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: InputOf<N>) => call(name, input),
    onSuccess: () => invalidate(queryClient, touches),
  });
}

/**
 * A call whose input or answer holds a secret. TanStack's mutation cache would keep both for minutes; here the answer
 * goes to the caller and nowhere else. `start` resolves with undefined when the call failed; the error is then in
 * `error`.
 */
export function useSecretCall<N extends CallName>(name: N, touches: readonly ChangedEntity[]) {
  const queryClient = useQueryClient();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const start = useCallback(
    async (input: InputOf<N>): Promise<OutputOf<N> | undefined> => {
      setPending(true);
      setError(null);
      try {
        const answer = await call(name, input);
        await invalidate(queryClient, touches);
        return answer;
      } catch (thrown) {
        setError(thrown);
        return undefined;
      } finally {
        setPending(false);
      }
    },
    [name, queryClient, touches],
  );

  const reset = useCallback(() => setError(null), []);
  return { start, pending, error, reset };
}
