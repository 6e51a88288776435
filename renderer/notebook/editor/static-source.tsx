import { memo, useMemo } from 'react';
import { numberedLines } from '../lines/numbered-lines.ts';
import { highlightSource, type Piece } from './highlight-source.ts';
import type { SourceLanguage } from './languages.ts';
import classes from './source.module.css';

interface StaticSourceProps {
  readonly source: string;
  readonly language: SourceLanguage;
  /** What stands where there is nothing. */
  readonly placeholder: string;
  readonly numbered: boolean;
}

function Pieces({ pieces, numbered }: { pieces: readonly Piece[]; numbered: boolean }) {
  const parts = numbered
    ? numberedLines(pieces)
    : pieces.map((piece) => ({ kind: 'piece' as const, ...piece }));
  return parts.map((part, at) => {
    if (part.kind === 'line') {
      return <i key={`line ${part.number}`} aria-hidden="true" data-line={part.number} />;
    }
    return part.className === '' ? (
      part.text
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- pieces have no other identity
      <span key={at} className={part.className}>
        {part.text}
      </span>
    );
  });
}

/** A source as it reads in the editor, without one. */
export const StaticSource = memo(function StaticSource(props: StaticSourceProps) {
  const { source, language, placeholder, numbered } = props;
  const pieces = useMemo(() => highlightSource(source, language), [source, language]);
  if (source === '') return <p className={classes['placeholder']}>{placeholder}</p>;
  return (
    <pre className={classes['source']} data-numbered={numbered}>
      <code data-source-text="">
        <Pieces pieces={pieces} numbered={numbered} />
      </code>
    </pre>
  );
});
