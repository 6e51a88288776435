import type { NotebookCell, NotebookMode } from '../../../pipeline/contract/notebook.ts';

/** What a person does to a notebook. Ids of new cells come with the action, so that reducers stay pure. */
export type NotebookAction =
  | { readonly kind: 'type'; readonly cell: string; readonly source: string }
  /** Sources of several cells, as one step that can be undone. */
  | { readonly kind: 'replace'; readonly sources: ReadonlyMap<string, string> }
  | { readonly kind: 'insert'; readonly where: 'above' | 'below'; readonly cell: NotebookCell }
  | { readonly kind: 'insert-after'; readonly after: string | null; readonly cell: NotebookCell }
  | { readonly kind: 'delete' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'paste'; readonly where: 'above' | 'below'; readonly ids: readonly string[] }
  | { readonly kind: 'merge' }
  | { readonly kind: 'split'; readonly cell: string; readonly at: number; readonly id: string }
  | { readonly kind: 'move'; readonly by: -1 | 1 }
  | { readonly kind: 'change-type'; readonly to: NotebookCell['type'] }
  | { readonly kind: 'fold'; readonly part: 'source' | 'outputs' }
  | { readonly kind: 'pin' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'set-mode'; readonly mode: NotebookMode }
  | { readonly kind: 'select'; readonly cell: string; readonly extend: boolean }
  | { readonly kind: 'select-all' }
  | { readonly kind: 'step'; readonly by: number; readonly extend: boolean }
  | { readonly kind: 'enter'; readonly cell: string }
  | { readonly kind: 'leave' };
