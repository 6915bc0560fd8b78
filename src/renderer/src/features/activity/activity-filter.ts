import type { ActivityRow } from '../../../../shared/contract/activity.ts';
import type { ActivityFilter } from '../../api/query-keys.ts';

/** Whether a live row belongs into a filtered log; the server decides the same for older rows. */
export function matchesFilter(row: ActivityRow, { failed, search, rule }: ActivityFilter): boolean {
  if (failed && row.status !== 0 && row.status < 400) return false;
  if (rule !== undefined && !row.rules.includes(rule)) return false;
  if (!search) return true;
  const needle = search.toLowerCase();
  return [
    row.path,
    row.reason,
    row.subject,
    row.resourceId,
    row.tokenName,
    row.idp,
    row.address,
    row.requestId,
  ].some((text) => text?.toLowerCase().includes(needle));
}
