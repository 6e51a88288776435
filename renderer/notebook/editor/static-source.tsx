import { memo, useMemo } from 'react';
import { highlightSource } from './highlight-source.ts';
import type { SourceLanguage } from './languages.ts';
import classes from './source.module.css';

interface StaticSourceProps {
  readonly source: string;
  readonly language: SourceLanguage;
  /** What stands where there is nothing. */
  readonly placeholder: string;
}

/** A source as it reads in the editor, without one. */
export const StaticSource = memo(function StaticSource(props: StaticSourceProps) {
  const { source, language, placeholder } = props;
  const pieces = useMemo(() => highlightSource(source, language), [source, language]);
  if (source === '') return <p className={classes['placeholder']}>{placeholder}</p>;
  return (
    <pre className={classes['source']}>
      <code>
        {pieces.map(({ text, className }, at) =>
          className === '' ? (
            text
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- pieces have no other identity
            <span key={at} className={className}>
              {text}
            </span>
          ),
        )}
      </code>
    </pre>
  );
});
