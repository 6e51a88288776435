import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import type { NotebookContent } from '../state/notebook-content.ts';
import { placesIn, type FoundPlaces, type Place } from './find-pattern.ts';
import type { Replaced } from './replace-matches.ts';

/** One match in the source of a cell, its first line with it. */
export interface Match extends Place {
  readonly cell: string;
}

interface Matches {
  readonly matches: readonly Match[];
  readonly isCut: boolean;
}

/** What was found in the sources of cells, in their order. */
export function matchesIn(cells: readonly string[], found: readonly FoundPlaces[]): Matches {
  const matches = cells.flatMap((cell, at) =>
    (found[at]?.places ?? []).map(({ from, to }) => ({ cell, from, to })),
  );
  return { matches, isCut: found.some(({ isCut }) => isCut) };
}

/** All matches in the order of the page. */
export function findMatches({ order, cells }: NotebookContent, pattern: RegExp): Matches {
  return matchesIn(
    order,
    order.map((id) => placesIn(cells.get(id)?.source ?? '', pattern)),
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
  cells: readonly Pick<NotebookCell, 'id' | 'source'>[],
  replaced: readonly Replaced[],
): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const [at, { id, source }] of cells.entries()) {
    const after = replaced[at]?.text ?? source;
    if (after !== source) sources.set(id, after);
  }
  return sources;
}
