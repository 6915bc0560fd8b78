import { useCallback, useRef, useState } from 'react';
import { useBlocker } from 'react-router';
import type { IssuedToken } from '../../../../shared/contract/tokens.ts';
import type { SetupView } from '../../paths.ts';

/**
 * Holds a token that was just issued, in this component's state and nowhere else, until the operator has stored it.
 * Meanwhile every way off the page is blocked, because there is no second look.
 */
export function useIssuedToken() {
  const [issued, setIssued] = useState<{ token: IssuedToken; next: SetupView } | null>(null);
  // The blocker is asked between renders, so it can't wait for the state.
  const holding = useRef(false);
  const blocker = useBlocker(useCallback(() => holding.current, []));

  const hold = useCallback((token: IssuedToken, next: SetupView) => {
    holding.current = true;
    setIssued({ token, next });
  }, []);

  const release = useCallback(() => {
    holding.current = false;
    setIssued(null);
  }, []);

  return { issued, hold, release, blocker };
}
