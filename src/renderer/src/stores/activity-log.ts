import { create } from 'zustand';
import type { ActivityRow } from '../../../shared/contract/activity.ts';
import type { LogRing } from './log-ring.ts';
import { appendRows, EMPTY_RING } from './log-ring.ts';

interface ActivityLog extends LogRing {
  append: (rows: readonly ActivityRow[], dropped: number) => void;
}

/** The live end of the request log: rows that arrived by event since the page was opened. */
export const useActivityLog = create<ActivityLog>()((set) => ({
  ...EMPTY_RING,
  append: (rows, dropped) => set((ring) => appendRows(ring, rows, dropped)),
}));
