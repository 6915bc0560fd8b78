import { useQuery } from '@tanstack/react-query';
import type { ProfileName } from '../../../../shared/contract/profiles.ts';
import { call } from '../client.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';

/** An IdP profile with the state of its rules and how often they were needed; without a name the organization's. */
export function useProfile(name?: ProfileName) {
  return useQuery({
    queryKey: queryKeys.profile(name),
    queryFn: () => call('profiles.get', name === undefined ? {} : { name }),
  });
}

/** Switches a rule whatever the profile says; takes effect at the next request. */
export function useSwitchRule() {
  return useChange('profiles.switchRule', ['policy']);
}
