import { useEffect, useMemo, useState } from 'react';
import type { NotebookContent } from '../state/notebook-content.ts';
import { findMatches, matchesIn, type Match } from './find-matches.ts';
import type { FindPattern } from './find-pattern.ts';
import { runPattern } from './run-pattern.ts';

export type Search =
  | { readonly kind: 'none' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'failed' }
  /** A cut search has more matches in some cell than it gives. */
  | { readonly kind: 'found'; readonly matches: readonly Match[]; readonly isCut: boolean };

interface Answer {
  readonly pattern: RegExp;
  readonly content: NotebookContent;
  readonly search: Search;
}

const none: Search = { kind: 'none' };
const looking: Search = { kind: 'looking' };

/** All matches of a text at once, those of a regular expression when its worker has found them. */
export function useSearch(
  found: FindPattern,
  isPattern: boolean,
  content: NotebookContent,
): Search {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const pattern = found.kind === 'pattern' ? found.pattern : null;
  const plain = useMemo(
    (): Search =>
      pattern === null || isPattern ? none : { kind: 'found', ...findMatches(content, pattern) },
    [pattern, isPattern, content],
  );
  useEffect(() => {
    if (pattern === null || !isPattern) return undefined;
    const controller = new AbortController();
    const { order, cells } = content;
    const texts = order.map((id) => cells.get(id)?.source ?? '');
    const look = async (): Promise<void> => {
      const run = await runPattern({ kind: 'find', texts, pattern }, controller.signal);
      if (run.kind === 'replaced') return;
      const search: Search =
        run.kind === 'found' ? { kind: 'found', ...matchesIn(order, run.found) } : run;
      setAnswer({ pattern, content, search });
    };
    void look();
    return () => controller.abort();
  }, [pattern, isPattern, content]);
  if (pattern === null || !isPattern) return plain;
  return answer?.pattern === pattern && answer.content === content ? answer.search : looking;
}
