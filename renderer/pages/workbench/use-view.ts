import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { viewOfHash, type View } from './views.ts';

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The view that the address names, so that reload, back and a link each lead to what they should. */
export function useView(): [View, (view: View) => void] {
  const view = useSyncExternalStore(subscribe, () => viewOfHash(location.hash));
  const before = useRef(view);
  useEffect(() => {
    if (before.current === view) return;
    before.current = view;
    scrollTo(0, 0);
  }, [view]);
  const show = useCallback((next: View): void => {
    if (viewOfHash(location.hash) !== next) location.hash = next;
  }, []);
  return [view, show];
}
