import { plural } from '../../ui/format.ts';
import { isKept, readSource } from '../source/cell-source.ts';
import type { NotebookState } from '../state/notebook-state.ts';

/** What of a notebook would run, such as `4 SQL queries, 2 panels and 1 script`. */
export function runsWords({ content, states }: NotebookState): string {
  let queries = 0;
  let panels = 0;
  let scripts = 0;
  for (const id of content.order) {
    const cell = content.cells.get(id);
    if (cell === undefined || cell.type !== 'code') continue;
    const { kind } = readSource(cell, states.get(id)?.kind);
    if (kind === 'sql') queries += 1;
    else if (kind === 'javascript' || kind === 'typescript') scripts += 1;
    else if (kind !== 'input' && !isKept(kind)) panels += 1;
  }
  const parts = [
    queries === 0 ? '' : queries === 1 ? '1 SQL query' : `${queries} SQL queries`,
    panels === 0 ? '' : plural(panels, 'panel'),
    scripts === 0 ? '' : plural(scripts, 'script'),
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'nothing';
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
