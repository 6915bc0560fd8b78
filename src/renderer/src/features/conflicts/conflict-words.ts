import type { TablerIcon } from '@tabler/icons-react';
import {
  IconArrowMerge,
  IconArrowsSplit,
  IconCircleDashed,
  IconHelpCircle,
  IconUserX,
} from '@tabler/icons-react';
import type { ConflictDecision, ConflictKind, ConflictState } from '../../../../shared/contract/conflicts.ts';
import type { Tone } from '../../components/tone.ts';

/** What the two both hold, in words. */
export const KINDS: Record<ConflictKind, string> = {
  email: 'Same e-mail address',
  'external-id': 'Same externalId',
  subject: 'Same sign-in (SSO subject)',
};

/** What became of a conflict. */
export const CONFLICT_STATES: Record<ConflictState, { label: string; tone: Tone; icon: TablerIcon }> = {
  open: { label: 'Open', tone: 'bad', icon: IconHelpCircle },
  linked: { label: 'Linked', tone: 'good', icon: IconArrowMerge },
  kept: { label: 'Kept apart', tone: 'good', icon: IconArrowsSplit },
  refused: { label: 'Refused', tone: 'warning', icon: IconUserX },
  gone: { label: 'Went away', tone: 'idle', icon: IconCircleDashed },
};

/** The choices, in words. */
export const DECISIONS: Record<ConflictDecision, { title: string; action: string; icon: TablerIcon }> = {
  link: { title: 'They are one person', action: 'Link', icon: IconArrowMerge },
  keep: { title: 'They are two people', action: 'Keep apart', icon: IconArrowsSplit },
  refuse: { title: 'Neither: turn the newcomer away', action: 'Refuse', icon: IconUserX },
};
