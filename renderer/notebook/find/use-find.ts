import { useMemo, useState } from 'react';
import { useNotebook, useOpenNotebook } from '../session/notebook-context.tsx';
import { firstFrom, type Match } from './find-matches.ts';
import { emptyQuery, findPattern, type FindPattern, type FindQuery } from './find-pattern.ts';
import { replaceInCells, type Asked } from './replace-in-cells.ts';
import { useSearch, type Search } from './use-search.ts';

export interface Finding {
  readonly query: FindQuery;
  readonly found: FindPattern;
  readonly search: Search;
  readonly matches: readonly Match[];
  /** Which of them is looked at; -1 where there is none. */
  readonly at: number;
  /** What replacing did last; empty before that. */
  readonly notice: string;
  readonly look: (query: FindQuery) => void;
  readonly step: (by: 1 | -1) => void;
  readonly replaceOne: (text: string) => void;
  readonly replaceAll: (text: string) => void;
}

/** Where the match that is looked at begins, or where the search began. */
interface Position {
  readonly cell: string | null;
  readonly from: number;
}

/** The match at a position, or the first after it; from the last of the page it goes on at its top. */
function indexAt(matches: readonly Match[], order: readonly string[], position: Position): number {
  if (matches.length === 0) return -1;
  const { cell, from } = position;
  const first = firstFrom(matches, order, cell);
  const rest = matches.slice(first).findIndex((match) => match.cell !== cell || match.from >= from);
  return rest === -1 ? 0 : first + rest;
}

const noMatches: readonly Match[] = [];

/** Looks for a text in the sources of all cells, and puts another in its place. */
export function useFind(): Finding {
  const { session } = useOpenNotebook();
  const content = useNotebook((state) => state.content);
  const [query, setQuery] = useState(emptyQuery);
  const [notice, setNotice] = useState('');
  const [position, setPosition] = useState<Position>(() => ({
    cell: session.state().selection?.head ?? null,
    from: 0,
  }));
  const found = useMemo(() => findPattern(query), [query]);
  const search = useSearch(found, query.isPattern, content);
  const matches = search.kind === 'found' ? search.matches : noMatches;
  const at = indexAt(matches, content.order, position);

  const goTo = (match: Match | undefined): void => {
    if (match === undefined) return;
    setPosition(match);
    session.act({ kind: 'select', cell: match.cell, extend: false });
  };
  const replace = async (text: string, asked: Asked): Promise<boolean> => {
    if (found.kind !== 'pattern') return false;
    const replacement = { pattern: found.pattern, text, isPattern: query.isPattern };
    const { isReplaced, words } = await replaceInCells(session, asked, replacement);
    setNotice(words);
    return isReplaced;
  };
  const replaceOne = async (text: string): Promise<void> => {
    const match = matches[at];
    if (match === undefined) return;
    const length = content.cells.get(match.cell)?.source.length ?? 0;
    const isReplaced = await replace(text, { matches: [match], only: match.from });
    const after = session.state().content.cells.get(match.cell)?.source.length ?? 0;
    const end = isReplaced ? match.to + after - length : match.to;
    setPosition({ cell: match.cell, from: end });
  };
  return {
    query,
    found,
    search,
    matches,
    at,
    notice,
    look: (next) => {
      setQuery(next);
      setNotice('');
    },
    step: (by) => {
      setNotice('');
      goTo(matches[(at + by + matches.length) % matches.length]);
    },
    replaceOne: (text) => void replaceOne(text),
    replaceAll: (text) => void replace(text, { matches, only: null }),
  };
}
