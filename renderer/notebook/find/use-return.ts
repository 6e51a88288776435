import { useCallback, useEffect, useRef, type RefObject } from 'react';
import { useOpenNotebook } from '../session/notebook-context.tsx';

export interface Return {
  /** What was selected on the page when the search was opened, as far as it is one line. */
  readonly selected: () => string;
  /** The focus goes where it was, or to the cell that was found. */
  readonly giveBack: () => void;
}

const longest = 200;

/** Takes the cursor out of the cell that is edited for as long as something is looked for. */
export function useReturn(root: RefObject<HTMLElement | null>): Return {
  const { session } = useOpenNotebook();
  const edited = useRef<string | null>(null);
  useEffect(() => {
    const { focus } = session.state();
    edited.current = focus.kind === 'edit' ? focus.cell : null;
  }, [session]);
  const selected = useCallback((): string => {
    const text = String(getSelection() ?? '');
    const { focus } = session.state();
    if (focus.kind === 'edit') edited.current = focus.cell;
    session.act({ kind: 'leave' });
    return text.includes('\n') || text.length > longest ? '' : text;
  }, [session]);
  const giveBack = useCallback((): void => {
    const { selection, content } = session.state();
    const head = selection?.head;
    if (head === undefined) return;
    if (edited.current === head && content.cells.has(head)) {
      session.act({ kind: 'enter', cell: head });
      return;
    }
    const cell = root.current?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(head)}"]`);
    cell?.focus({ preventScroll: true });
  }, [session, root]);
  return { selected, giveBack };
}
