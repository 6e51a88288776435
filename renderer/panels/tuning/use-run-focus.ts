import { useCallback, useLayoutEffect, useRef } from 'react';
import { isWorking, type JobRun } from '../run/job-run.ts';

/**
 * Carries the focus along with a job that was asked for here: from the button that asked to the one that cancels,
 * and from either to what came of it.
 */
export function useRunFocus(run: JobRun) {
  const ask = useRef<HTMLButtonElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const outcome = useRef<HTMLDivElement>(null);
  const mine = useRef(false);
  const left = useRef(false);
  const { kind } = run;
  const working = isWorking(run);
  useLayoutEffect(() => {
    const onAsk = ask.current !== null && ask.current === document.activeElement;
    if (kind === 'starting') mine.current = true;
    if (kind === 'running' && mine.current && onAsk) cancel.current?.focus();
    if (working) return;
    if (left.current || (mine.current && onAsk)) outcome.current?.focus();
    mine.current = false;
    left.current = false;
  }, [kind, working]);
  const onCancelGone = useCallback((focused: boolean): void => {
    left.current = focused;
  }, []);
  return { ask, cancel, outcome, onCancelGone };
}

export type RunFocus = ReturnType<typeof useRunFocus>;
