import { useState } from 'react';
import type { InputOf } from '../../../../shared/contract/index.ts';
import type { ReviewDecision } from '../../../../shared/contract/review.ts';
import { useDecideReview, useUndoReview } from '../../api/queries/review.ts';
import { counted } from '../../format/number.ts';
import type { Outcome } from './outcome-callout.tsx';

type Chosen = Pick<InputOf<'review.decide'>, 'ids' | 'filter'>;

/** Decides about parts of the queue, remembers what came of it, and takes the last one back. */
export function useDecisions() {
  const deciding = useDecideReview();
  const undoing = useUndoReview();
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  async function decide(
    decision: ReviewDecision,
    chosen: Chosen,
    whom: string,
    note: string | null,
  ): Promise<boolean> {
    undoing.reset();
    try {
      const { done, batchId, refused } = await deciding.mutateAsync({ decision, ...chosen, note });
      const did = decision === 'approve' ? 'approved' : 'rejected';
      const sentence =
        done === 1 && refused.length === 0 ? `${whom}: ${did}.` : `${counted(done, 'item')} ${did}.`;
      setOutcome({ sentence, batchId, refused });
      return true;
    } catch {
      // Shown where the decision was asked for.
      setOutcome(null);
      return false;
    }
  }

  async function undo(id: string): Promise<void> {
    deciding.reset();
    try {
      const { done, refused } = await undoing.mutateAsync({ id });
      setOutcome({ sentence: `${counted(done, 'decision')} taken back.`, batchId: null, refused });
    } catch {
      setOutcome(null);
    }
  }

  return {
    decide,
    undo,
    outcome,
    dismiss: () => setOutcome(null),
    pending: deciding.isPending || undoing.isPending,
    error: deciding.error ?? undoing.error,
    reset: () => {
      deciding.reset();
      undoing.reset();
    },
  };
}
