import { memo } from 'react';
import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { languageOf } from '../editor/languages.ts';
import { StaticSource } from '../editor/static-source.tsx';
import { useLineNumbers, useOpenNotebook } from '../session/notebook-context.tsx';
import { isKept, type CellSource } from '../source/cell-source.ts';
import { readInput, withInputValue } from '../source/input-source.ts';
import classes from './cell.module.css';
import { InputControl } from './input-control.tsx';
import { PanelForm } from './panel-form.tsx';
import { ProseText } from './prose-text.tsx';
import { SourceEditor } from './source-editor.tsx';
import { hintOf } from './source-hints.ts';

interface CellBodyProps {
  readonly cell: NotebookCell;
  readonly source: CellSource;
  readonly editing: boolean;
}

function Input({ cell, editing, source }: CellBodyProps) {
  const { session } = useOpenNotebook();
  const input = readInput(cell.source);
  return (
    <>
      {input === null ? (
        <p className={classes['note']} role="alert">
          This input cannot be read: it needs a number, a text in quotes, True or False, and a
          control.
        </p>
      ) : (
        <InputControl
          input={input}
          onValue={(value) =>
            session.act(
              { kind: 'type', cell: cell.id, source: withInputValue(cell.source, value) },
              input.control.kind === 'text' ? 'typing' : 'moved',
            )
          }
        />
      )}
      {editing ? (
        <div className={classes['source']}>
          <SourceEditor cell={cell} source={source} />
        </div>
      ) : null}
    </>
  );
}

function Prose({ cell, editing, source }: CellBodyProps) {
  if (editing) {
    return (
      <div className={classes['source']}>
        <SourceEditor cell={cell} source={source} />
      </div>
    );
  }
  if (source.body.trim() === '') {
    return <p className={classes['empty']}>Empty text. Press Enter or double click to write.</p>;
  }
  return <ProseText cell={cell.id} source={source.body} />;
}

function Code({ cell, editing, source }: CellBodyProps) {
  const numbered = useLineNumbers(cell.id);
  if (cell.folded.source && !editing) return null;
  const { kind } = source;
  return (
    <div
      className={classes['source']}
      data-source={isKept(kind) ? undefined : ''}
      data-kept={isKept(kind)}
    >
      {kind === 'foreign' ? (
        <p className={classes['note']}>Code of another kernel: kept and shown, not run here.</p>
      ) : null}
      {editing && !isKept(kind) ? (
        <SourceEditor cell={cell} source={source} />
      ) : (
        <StaticSource
          source={source.body}
          language={languageOf(kind)}
          placeholder={hintOf(kind)}
          numbered={numbered}
        />
      )}
    </div>
  );
}

/** What a cell is to its reader: text, a control, fields, or code. How its run goes is nothing to it. */
export const CellBody = memo(function CellBody(props: CellBodyProps) {
  const { cell, source, editing } = props;
  switch (source.kind) {
    case 'markdown':
      return <Prose {...props} />;
    case 'input':
      return <Input {...props} />;
    case 'chart':
    case 'features':
    case 'tuning':
    case 'kpis':
      return (
        <>
          {cell.folded.source ? null : <PanelForm cell={cell} source={source} />}
          {editing ? (
            <div className={classes['source']}>
              <SourceEditor cell={cell} source={source} />
            </div>
          ) : null}
        </>
      );
    case 'raw':
    case 'sql':
    case 'javascript':
    case 'typescript':
    case 'setup':
    case 'foreign':
      return <Code {...props} />;
  }
});
