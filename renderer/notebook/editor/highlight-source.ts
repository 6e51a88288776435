import { classHighlighter, highlightCode } from '@lezer/highlight';
import { parserOf, type SourceLanguage } from './languages.ts';

export interface Piece {
  readonly text: string;
  /** CodeMirror's own class names, so that what is read and what is edited look the same. */
  readonly className: string;
}

/** Longer sources are shown in one colour: nobody reads them here, and parsing them would hold the page. */
const longest = 20_000;

/** A source cut into pieces of one colour each. */
export function highlightSource(source: string, language: SourceLanguage): readonly Piece[] {
  const parser = source.length > longest ? null : parserOf(language);
  if (parser === null) return [{ text: source, className: '' }];
  const pieces: Piece[] = [];
  highlightCode(
    source,
    parser.parse(source),
    classHighlighter,
    (text, className) => pieces.push({ text, className }),
    () => pieces.push({ text: '\n', className: '' }),
  );
  return pieces;
}
