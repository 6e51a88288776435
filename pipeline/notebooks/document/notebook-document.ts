import type { NotebookMode } from '../../contract/notebook.ts';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A cell as nbformat 4.5 has it. Multi-line texts are joined; writing splits them again. */
export interface DocumentCell {
  readonly id: string;
  readonly type: 'markdown' | 'code' | 'raw';
  readonly source: string;
  readonly metadata: JsonObject;
  /** nbformat's outputs; empty unless it is code. */
  readonly outputs: readonly JsonObject[];
  readonly executionCount: number | null;
  /** What else the cell holds under names of its own, such as `attachments`. */
  readonly others?: JsonObject;
}

/** Cells that are gone, with the one that each stood behind; null for the first. */
export type RemovedCells = ReadonlyMap<string, string | null>;

/** A notebook as read; `text` is the file as it was, which the writer cuts changes into, null for a new one. */
export interface NotebookDocument {
  readonly cells: readonly DocumentCell[];
  readonly metadata: JsonObject;
  readonly mode: NotebookMode;
  readonly text: string | null;
  /** What was attached to cells that were removed or became code since it was read, by cell: they may come back or be pasted. */
  readonly attached?: ReadonlyMap<string, JsonObject>;
  /** Since it was read: one that somebody else was writing in comes back to its place. */
  readonly removed?: RemovedCells;
}
