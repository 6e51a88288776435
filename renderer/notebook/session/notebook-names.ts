import type { NotebookState } from '../state/notebook-state.ts';
import { readSource } from '../source/cell-source.ts';
import { readInput } from '../source/input-source.ts';

export interface NotebookNames {
  /** Tables that cells make, by name, and the cell of each. */
  readonly tables: ReadonlyMap<string, string>;
  readonly inputs: readonly string[];
}

/** Tables that cells make, those above a cell first and of these the nearest: what a new cell there is likely to read. */
export function tablesNear(state: NotebookState, cell: string | null): string[] {
  const { order } = state.content;
  const place = cell === null ? -1 : order.indexOf(cell);
  const made = [...notebookNames(state).tables].toReversed();
  const isAbove = ([, maker]: readonly [string, string]): boolean => order.indexOf(maker) <= place;
  return [...made.filter(isAbove), ...made.filter((one) => !isAbove(one))].map(([name]) => name);
}

/** Names as the sources say them, so that a cell that was just typed has its name at once. */
export function notebookNames({ content, states }: NotebookState): NotebookNames {
  const tables = new Map<string, string>();
  const inputs: string[] = [];
  for (const id of content.order) {
    const cell = content.cells.get(id);
    if (cell === undefined || cell.type !== 'code') continue;
    const { kind, name } = readSource(cell, states.get(id)?.kind);
    if (kind === 'input') {
      const input = readInput(cell.source);
      if (input !== null) inputs.push(input.name);
    } else if (name !== null) tables.set(name, id);
  }
  return { tables, inputs };
}
