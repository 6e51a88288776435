import { sameContent, type NotebookContent } from './notebook-content.ts';

interface Step {
  readonly content: NotebookContent;
  /** Changes with one tag in a row are one step: what is typed into a cell from entering to leaving it. */
  readonly tag: string | null;
}

/** The contents before and after the present one; they share all cells that are the same. */
export interface UndoHistory {
  readonly past: readonly Step[];
  readonly future: readonly NotebookContent[];
}

export const emptyHistory: UndoHistory = { past: [], future: [] };

const longest = 200;

/** Notes the content as it was before a change; what was undone cannot be redone after it. */
export function record(
  history: UndoHistory,
  before: NotebookContent,
  tag: string | null = null,
): UndoHistory {
  if (tag !== null && history.past.at(-1)?.tag === tag) return { past: history.past, future: [] };
  return { past: [...history.past.slice(1 - longest), { content: before, tag }], future: [] };
}

/** Ends a step, so that the next change with the same tag is one of its own. */
export function settle(history: UndoHistory): UndoHistory {
  const last = history.past.at(-1);
  if (last === undefined || last.tag === null) return history;
  return { ...history, past: [...history.past.slice(0, -1), { ...last, tag: null }] };
}

interface Went {
  readonly history: UndoHistory;
  readonly content: NotebookContent;
}

/** Goes back to the last content that differs; null where there is none. */
export function undo(history: UndoHistory, present: NotebookContent): Went | null {
  let end = history.past.length - 1;
  while (end >= 0 && sameContent(history.past[end]?.content ?? present, present)) end -= 1;
  const step = history.past[end];
  if (step === undefined) return null;
  return {
    content: step.content,
    history: { past: history.past.slice(0, end), future: [...history.future, present] },
  };
}

export function redo(history: UndoHistory, present: NotebookContent): Went | null {
  const content = history.future.at(-1);
  if (content === undefined) return null;
  return {
    content,
    history: {
      past: [...history.past, { content: present, tag: null }],
      future: history.future.slice(0, -1),
    },
  };
}
