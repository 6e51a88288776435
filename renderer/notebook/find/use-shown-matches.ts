import { useEffect, useRef, type RefObject } from 'react';
import { useOpenNotebook } from '../session/notebook-context.tsx';
import { hideMatches, showMatches } from './show-matches.ts';
import type { Finding } from './use-find.ts';

/** What the bars above the cells cover, and as much below. */
const covered = { above: 200, below: 60 };

function scrollTo(element: Element, { top, bottom }: DOMRect): void {
  if (top >= covered.above && bottom <= innerHeight - covered.below) return;
  const scroller = element.ownerDocument.scrollingElement;
  scroller?.scrollBy({ top: (top + bottom) / 2 - innerHeight / 2 });
}

/** Marks matches on the page for as long as a search is open, and keeps the one that is looked at on the screen. */
export function useShownMatches(root: RefObject<HTMLElement | null>, finding: Finding): void {
  const { session } = useOpenNotebook();
  const { query, found, matches, at } = finding;
  const { isPattern } = query;
  const shownAt = useRef<unknown>(null);
  useEffect(() => {
    const element = root.current;
    if (element === null || found.kind !== 'pattern') {
      hideMatches();
      return undefined;
    }
    const match = matches[at];
    let isSeen = shownAt.current === match;
    shownAt.current = match;
    const show = (): void => {
      const { cells } = session.state().content;
      const pattern = isPattern ? null : found.pattern;
      const range = showMatches({ root: element, cells, pattern, matches, at });
      if (isSeen || match === undefined) return;
      const cell = element.querySelector(`[data-cell="${CSS.escape(match.cell)}"]`);
      if (cell === null) return;
      scrollTo(cell, (range ?? cell).getBoundingClientRect());
      // A cell that comes near is drawn anew, and the match is then elsewhere in it.
      isSeen = cell.getAttribute('data-near') === 'true';
    };
    show();
    let frame = 0;
    const observer = new MutationObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(show);
    });
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [root, session, found, isPattern, matches, at]);
  useEffect(() => hideMatches, []);
}
