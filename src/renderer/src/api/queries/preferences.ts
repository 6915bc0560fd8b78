import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Preferences } from '../../../../shared/contract/console.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';

/** What the person prefers on this machine. */
export function usePreferences() {
  return useQuery({ queryKey: queryKeys.preferences(), queryFn: () => call('console.preferences', {}) });
}

/** Changes some preferences. They show at once and go back if they could not be stored. */
export function usePrefer() {
  const queryClient = useQueryClient();
  const key = queryKeys.preferences();
  return useMutation({
    mutationFn: (changes: Partial<Preferences>) => call('console.prefer', changes),
    onMutate: (changes) => {
      const before = queryClient.getQueryData<Preferences>(key);
      if (before) queryClient.setQueryData<Preferences>(key, { ...before, ...changes });
      return before;
    },
    onSuccess: (stored) => queryClient.setQueryData(key, stored),
    onError: (_error, _changes, before) => queryClient.setQueryData(key, before),
  });
}
