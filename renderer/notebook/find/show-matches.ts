import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { byCell, type Match } from './find-matches.ts';
import { patternOfTexts, placesIn, type Place } from './find-pattern.ts';

const allName = 'notebook-matches';
const currentName = 'notebook-match';

interface Shown {
  readonly root: HTMLElement;
  readonly cells: ReadonlyMap<string, NotebookCell>;
  /** Null for a regular expression, which must not run here. */
  readonly pattern: RegExp | null;
  readonly matches: readonly Match[];
  readonly at: number;
}

function textNodes(element: Element): Text[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    nodes.push(node as Text);
  }
  return nodes;
}

interface Looked {
  readonly source: string;
  /** Of this source. */
  readonly matches: readonly Match[];
  readonly pattern: RegExp | null;
}

/** Where matches stand in what is shown of a source: of code its end, of prose what is left of it, in which they are looked for. */
function placesShown(shown: string, { source, matches, pattern }: Looked): readonly Place[] {
  const start = source.length - shown.length;
  if (source.endsWith(shown)) {
    return matches
      .filter(({ from }) => from >= start)
      .map(({ from, to }) => ({ from: from - start, to: to - start }));
  }
  const texts = (): string[] => matches.map(({ from, to }) => source.slice(from, to));
  const looked = pattern ?? patternOfTexts(texts());
  return looked === null ? [] : placesIn(shown, looked).places;
}

/** The matches that can be seen in an element, whatever its text is cut into. */
function rangesIn(element: Element, looked: Looked): Range[] {
  const nodes = textNodes(element);
  const places = placesShown(nodes.map(({ data }) => data).join(''), looked);
  const ranges: Range[] = [];
  let node = 0;
  let start = 0;
  const move = (to: number, isEnd: boolean): void => {
    for (;;) {
      const length = nodes[node]?.data.length ?? 0;
      if (node >= nodes.length - 1 || to < start + length || (isEnd && to === start + length))
        return;
      start += length;
      node += 1;
    }
  };
  for (const { from, to } of places) {
    const range = document.createRange();
    move(from, false);
    const first = nodes[node];
    if (first === undefined) break;
    range.setStart(first, from - start);
    move(to, true);
    range.setEnd(nodes[node] ?? first, to - start);
    ranges.push(range);
  }
  return ranges;
}

/** Of the matches of one cell those that stand in what is shown of its source: its first line may not be. */
function shownOf(matches: readonly Match[], ranges: readonly Range[]): readonly Match[] {
  return matches.slice(Math.max(0, matches.length - ranges.length));
}

/** Marks what was found, as far as the page shows it, and gives where the match that is looked at stands. */
export function showMatches({ root, cells, pattern, matches, at }: Shown): Range | null {
  // Where a browser has no such marks, the cell is selected all the same.
  if (!('highlights' in CSS)) return null;
  const all = new Highlight();
  const current = new Highlight();
  current.priority = 1;
  let looked: Range | null = null;
  for (const [cell, own] of byCell(matches)) {
    const source = cells.get(cell)?.source ?? '';
    const section = root.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
    for (const text of section?.querySelectorAll('[data-source-text]') ?? []) {
      const ranges = rangesIn(text, { source, matches: own, pattern });
      for (const range of ranges) all.add(range);
      const match = matches[at];
      const place = match === undefined ? -1 : shownOf(own, ranges).indexOf(match);
      const range = ranges[place];
      if (range === undefined) continue;
      current.add(range);
      looked = range;
    }
  }
  CSS.highlights.set(allName, all);
  CSS.highlights.set(currentName, current);
  return looked;
}

export function hideMatches(): void {
  if (!('highlights' in CSS)) return;
  CSS.highlights.delete(allName);
  CSS.highlights.delete(currentName);
}
