import type { RunnableCell } from '../../../pipeline/contract/runnable-digest.ts';
import type { NotebookState } from '../state/notebook-state.ts';

/** The code as a person sees it, of which trust is asked. */
export function shownCode({ content, states }: NotebookState): RunnableCell[] {
  return content.order.flatMap((id) => {
    const cell = content.cells.get(id);
    if (cell?.type !== 'code') return [];
    return [{ source: cell.source, isSetup: states.get(id)?.kind === 'setup' }];
  });
}
