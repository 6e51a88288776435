import { useState } from 'react';
import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { useOpenNotebook } from '../session/notebook-context.tsx';
import { isName, withName, type CellSource } from '../source/cell-source.ts';
import classes from './cell.module.css';

interface NameFieldProps {
  readonly cell: NotebookCell;
  readonly source: CellSource;
}

/** The name under which later cells read what this one makes. Only what can be a name leaves the field. */
export function NameField({ cell, source }: NameFieldProps) {
  const { session } = useOpenNotebook();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? source.name ?? '';
  const wrong = shown !== '' && !isName(shown);
  const finish = (): void => {
    if (typed !== null && !wrong && typed !== (source.name ?? '')) {
      session.act({ kind: 'type', cell: cell.id, source: withName(source, typed) }, 'now');
    }
    setTyped(null);
  };
  return (
    <input
      className={classes['name']}
      aria-label="Name of the result"
      aria-invalid={wrong}
      title={wrong ? 'A name has letters, digits and _, and begins with a letter.' : undefined}
      placeholder="no name"
      spellCheck={false}
      size={Math.max(9, Math.min(shown.length + 1, 32))}
      value={shown}
      onFocus={() => session.act({ kind: 'select', cell: cell.id, extend: false })}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey) event.currentTarget.blur();
        if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}
