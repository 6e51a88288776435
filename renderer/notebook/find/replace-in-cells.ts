import { isKept, readSource } from '../source/cell-source.ts';
import type { NotebookSession } from '../session/notebook-session.ts';
import { replacedSources, type Match } from './find-matches.ts';
import { replaced, type Replacement } from './replace-matches.ts';
import { runPattern, type PatternRun } from './run-pattern.ts';

/** Matches of cells: all that the cells have, or only the one that begins at a place. */
export interface Asked {
  readonly matches: readonly Match[];
  readonly only: number | null;
}

interface Done {
  readonly isReplaced: boolean;
  readonly words: string;
}

function isEditable(session: NotebookSession, cell: string): boolean {
  const { content, states } = session.state();
  const found = content.cells.get(cell);
  return found !== undefined && !isKept(readSource(found, states.get(cell)?.kind).kind);
}

/** A text is replaced at once, a regular expression by its worker. */
function replacedTexts(
  texts: readonly string[],
  replacement: Replacement,
  only: number | null,
): PatternRun | Promise<PatternRun> {
  if (replacement.isPattern) {
    const ask = { kind: 'replace', texts, replacement, only } as const;
    return runPattern(ask, new AbortController().signal);
  }
  return { kind: 'replaced', replaced: texts.map((text) => replaced(text, replacement, only)) };
}

/** Replaces matches in cells that can be edited, as one step, and says what came of it. */
export async function replaceInCells(
  session: NotebookSession,
  { matches, only }: Asked,
  replacement: Replacement,
): Promise<Done> {
  const editable = matches.filter(({ cell }) => isEditable(session, cell));
  const before = session.state().content.cells;
  const cells = [...new Set(editable.map(({ cell }) => cell))].flatMap(
    (id) => before.get(id) ?? [],
  );
  const texts = cells.map(({ source }) => source);
  const run = await replacedTexts(texts, replacement, only);
  if (run.kind !== 'replaced') {
    const why = run.kind === 'slow' ? 'takes too long' : 'could not be run';
    const words = `This regular expression ${why}: nothing was replaced.`;
    return { isReplaced: false, words };
  }
  const now = session.state().content.cells;
  if (cells.some(({ id, source }) => now.get(id)?.source !== source)) {
    return { isReplaced: false, words: 'The text changed meanwhile: nothing was replaced.' };
  }
  session.act({ kind: 'replace', sources: replacedSources(cells, run.replaced) });
  const count = run.replaced.reduce((sum, one) => sum + one.count, 0);
  const kept = matches.length - editable.length;
  const stayed = kept === 0 ? '' : ` ${kept} in code that is only kept stayed.`;
  const words = `${count} ${count === 1 ? 'match' : 'matches'} replaced.${stayed}`;
  return { isReplaced: count > 0, words };
}
