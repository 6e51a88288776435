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
  { query, found, search, matches, at }: Finding,
  content: NotebookContent,
): string {
  if (query.text === '') return '';
  if (found.kind === 'invalid') return found.problem;
  switch (search.kind) {
    case 'none':
      return '';
    case 'looking':
      return 'Looking…';
    case 'slow':
      return 'This regular expression takes too long';
    case 'failed':
      return 'This regular expression could not be run';
    case 'found': {
      const match = matches[at];
      if (match === undefined) return 'Nothing found';
      const all = search.isCut ? `more than ${matches.length}` : matches.length;
      return `${at + 1} of ${all}, ${placeWords(content, match)}`;
    }
  }
}
