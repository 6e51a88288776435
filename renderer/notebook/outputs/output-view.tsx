import { memo, useMemo, useState } from 'react';
import type { CellOutput } from '../../../pipeline/contract/notebook.ts';
import { FigureOutput } from './figure-output.tsx';
import { HtmlOutput, MarkdownText } from './html-output.tsx';
import { shownOutput, type ShownOutput } from './mime-bundle.ts';
import classes from './outputs.module.css';

/** More than this is cut, and shown in full when asked for. */
const longest = 20_000;

function LongText({ text, tone }: { text: string; tone: 'plain' | 'bad' }) {
  const [all, setAll] = useState(false);
  const cut = !all && text.length > longest;
  return (
    <div className={classes['text']} data-tone={tone} tabIndex={0} role="group" aria-label="Output">
      <pre>{cut ? text.slice(0, longest) : text}</pre>
      {cut ? (
        <button type="button" className={classes['more']} onClick={() => setAll(true)}>
          Show all {text.length.toLocaleString('en')} characters
        </button>
      ) : null}
    </div>
  );
}

function Shown({ output }: { output: ShownOutput }) {
  switch (output.kind) {
    case 'figure':
      return <FigureOutput figure={output.figure} values={output.values} />;
    case 'html':
      return <HtmlOutput html={output.html} />;
    case 'markdown':
      return <MarkdownText source={output.source} />;
    case 'image':
      return <img className={classes['image']} src={output.address} alt={output.alt} />;
    case 'json':
    case 'text':
      return <LongText text={output.text} tone="plain" />;
    case 'stream':
      return <LongText text={output.text} tone={output.name === 'stderr' ? 'bad' : 'plain'} />;
    case 'error':
      return (
        <div className={classes['error']} role="alert">
          <p>
            <code>{output.name}</code> {output.message}
          </p>
          {output.trace === '' ? null : (
            <details>
              <summary>Where it happened</summary>
              <LongText text={output.trace} tone="plain" />
            </details>
          )}
        </div>
      );
    case 'unknown':
      return (
        <p className={classes['note']}>
          This output cannot be shown here
          {output.types.length === 0 ? '' : ` (${output.types.join(', ')})`}. It stays in the file.
        </p>
      );
  }
}

/** One of nbformat's outputs. */
export const OutputView = memo(function OutputView({ output }: { output: CellOutput }) {
  const shown = useMemo(() => shownOutput(output), [output]);
  return <Shown output={shown} />;
});
