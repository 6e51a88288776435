import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import type { NotebookContent } from '../state/notebook-content.ts';
import { placesIn, replaced, type Place, type Replacement } from './find-pattern.ts';

/** One match in the source of a cell, its first line with it. */
export interface Match extends Place {
  readonly cell: string;
}

/** All matches in the order of the page. */
export function findMatches({ order, cells }: NotebookContent, pattern: RegExp): Match[] {
  return order.flatMap((cell) =>
    placesIn(cells.get(cell)?.source ?? '', pattern).map(({ from, to }) => ({
      cell,
      from,
      to,
    })),
  );
}

/** The match to begin with: the first from a cell on, or the first of all. */
export function firstFrom(
  matches: readonly Match[],
  order: readonly string[],
  cell: string | null,
): number {
  const places = new Map(order.map((id, at) => [id, at]));
  const start = cell === null ? 0 : (places.get(cell) ?? 0);
  const found = matches.findIndex((match) => (places.get(match.cell) ?? 0) >= start);
  return Math.max(0, found);
}

/** How matches lie in their cells, by cell. */
export function byCell(matches: readonly Match[]): ReadonlyMap<string, readonly Match[]> {
  const found = new Map<string, Match[]>();
  for (const match of matches) {
    const known = found.get(match.cell);
    if (known === undefined) found.set(match.cell, [match]);
    else known.push(match);
  }
  return found;
}

/** Sources with matches replaced, by cell; cells that stay as they are are left out. */
export function replacedSources(
  cells: ReadonlyMap<string, NotebookCell>,
  matches: readonly Match[],
  replacement: Replacement,
): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const [cell, places] of byCell(matches)) {
    const before = cells.get(cell)?.source ?? '';
    const after = replaced(before, places, replacement);
    if (after !== before) sources.set(cell, after);
  }
  return sources;
}
