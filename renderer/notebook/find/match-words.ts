import type { NotebookContent } from '../state/notebook-content.ts';
import type { Match } from './find-matches.ts';
import type { Finding } from './use-find.ts';

/** Where a match stands, for whoever does not see it: its cell may show no source. */
export function placeWords({ order, cells }: NotebookContent, match: Match): string {
  const before = cells.get(match.cell)?.source.slice(0, match.from) ?? '';
  return `cell ${order.indexOf(match.cell) + 1}, line ${before.split('\n').length}`;
}

/** How many there are, and which is looked at. */
export function matchWords(
  { query, found, matches, at }: Finding,
  content: NotebookContent,
): string {
  if (query.text === '') return '';
  if (found.kind === 'invalid') return found.problem;
  const match = matches[at];
  if (match === undefined) return 'Nothing found';
  return `${at + 1} of ${matches.length}, ${placeWords(content, match)}`;
}
