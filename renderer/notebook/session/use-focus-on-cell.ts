import { useEffect, useRef, type RefObject } from 'react';
import { useNotebook } from './notebook-context.tsx';

/** Whether a pointer is down: what it is on must neither lose the focus nor move away from under it. */
function usePointing(): RefObject<boolean> {
  const pointing = useRef(false);
  useEffect(() => {
    const down = (): void => {
      pointing.current = true;
    };
    const up = (): void => {
      pointing.current = false;
    };
    addEventListener('pointerdown', down, true);
    addEventListener('pointerup', up, true);
    addEventListener('pointercancel', up, true);
    return () => {
      removeEventListener('pointerdown', down, true);
      removeEventListener('pointerup', up, true);
      removeEventListener('pointercancel', up, true);
    };
  }, []);
  return pointing;
}

/** After a key went to another cell, so does the focus; a field that has it keeps it. */
export function useFocusOnCell(root: RefObject<HTMLElement | null>): void {
  const head = useNotebook(({ selection }) => selection?.head ?? null);
  const editing = useNotebook(({ focus }) => focus.kind === 'edit');
  const first = useRef(true);
  const pointing = usePointing();
  useEffect(() => {
    const begun = first.current;
    first.current = false;
    const element = root.current;
    if (head === null || editing || element === null || begun || pointing.current) return;
    const cell = element.querySelector<HTMLElement>(`[data-cell="${CSS.escape(head)}"]`);
    const { activeElement } = document;
    const elsewhere =
      activeElement !== null &&
      activeElement !== document.body &&
      (!element.contains(activeElement) || activeElement.closest('[data-own-keys]') !== null);
    if (cell === null || elsewhere || cell.contains(activeElement)) return;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest' });
  }, [root, head, editing, pointing]);
}
