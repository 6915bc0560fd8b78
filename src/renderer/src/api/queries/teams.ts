import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ChangedEntity, OutputOf } from '../../../../shared/contract/index.ts';
import type { Team } from '../../../../shared/contract/people.ts';
import { call } from '../client.ts';
import type { TeamFilter } from '../query-keys.ts';
import { queryKeys } from '../query-keys.ts';
import { useChange } from './change.ts';
import type { RowRange } from './paged-rows.ts';
import { PAGE_SIZE, usePagedRows } from './paged-rows.ts';

/** The teams that match a filter, of which the pages in `range` are loaded. */
export function useTeams(filter: TeamFilter, range: RowRange) {
  return usePagedRows<Team, OutputOf<'teams.list'>>(
    (page) => ({
      queryKey: queryKeys.teamsPage(filter, page),
      queryFn: () => call('teams.list', { ...filter, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
      placeholderData: page === 0 ? keepPreviousData : undefined,
    }),
    range,
  );
}

/** One team. */
export function useTeam(id: string) {
  return useQuery({ queryKey: queryKeys.team(id), queryFn: () => call('teams.get', { id }) });
}

const TEAMS: readonly ChangedEntity[] = ['teams'];

export const useCreateTeam = () => useChange('teams.create', TEAMS);
export const useRenameTeam = () => useChange('teams.rename', TEAMS);
export const useRemoveTeam = () => useChange('teams.remove', TEAMS);
