import { useMemo, useState } from 'react';
import { useNotebook, useOpenNotebook } from '../session/notebook-context.tsx';
import type { NotebookSession } from '../session/notebook-session.ts';
import { isKept, readSource } from '../source/cell-source.ts';
import { findMatches, firstFrom, replacedSources, type Match } from './find-matches.ts';
import { emptyQuery, findPattern, type FindPattern, type FindQuery } from './find-pattern.ts';

export interface Finding {
  readonly query: FindQuery;
  readonly found: FindPattern;
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

function isEditable(session: NotebookSession, cell: string): boolean {
  const { content, states } = session.state();
  const found = content.cells.get(cell);
  return found !== undefined && !isKept(readSource(found, states.get(cell)?.kind).kind);
}

/** The match at a position, or the first after it; from the last of the page it goes on at its top. */
function indexAt(matches: readonly Match[], order: readonly string[], position: Position): number {
  if (matches.length === 0) return -1;
  const { cell, from } = position;
  const first = firstFrom(matches, order, cell);
  const rest = matches.slice(first).findIndex((match) => match.cell !== cell || match.from >= from);
  return rest === -1 ? 0 : first + rest;
}

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
  const matches = useMemo(
    () => (found.kind === 'pattern' ? findMatches(content, found.pattern) : []),
    [found, content],
  );
  const at = indexAt(matches, content.order, position);

  const goTo = (match: Match | undefined): void => {
    if (match === undefined) return;
    setPosition(match);
    session.act({ kind: 'select', cell: match.cell, extend: false });
  };
  const replace = (text: string, asked: readonly Match[]): number => {
    if (found.kind !== 'pattern') return 0;
    const editable = asked.filter(({ cell }) => isEditable(session, cell));
    const replacement = { pattern: found.pattern, text, isPattern: query.isPattern };
    const sources = replacedSources(content.cells, editable, replacement);
    session.act({ kind: 'replace', sources });
    const kept = asked.length - editable.length;
    const words = kept === 0 ? '' : ` ${kept} in code that is only kept stayed.`;
    const count = editable.length;
    setNotice(`${count} ${count === 1 ? 'match' : 'matches'} replaced.${words}`);
    return editable.length;
  };
  return {
    query,
    found,
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
    replaceOne: (text) => {
      const match = matches[at];
      if (match === undefined) return;
      const isReplaced = replace(text, [match]) > 0;
      const length = content.cells.get(match.cell)?.source.length ?? 0;
      const after = session.state().content.cells.get(match.cell)?.source.length ?? 0;
      const end = isReplaced ? match.to + after - length : match.to;
      setPosition({ cell: match.cell, from: end });
    },
    replaceAll: (text) => {
      replace(text, matches);
    },
  };
}
