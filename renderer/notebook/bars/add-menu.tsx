import { useEffect, useRef, type KeyboardEvent } from 'react';
import { notebookNames, tablesNear } from '../session/notebook-names.ts';
import { useOpenNotebook } from '../session/notebook-context.tsx';
import { useAskColumns } from '../session/use-table-columns.ts';
import { newCell } from '../session/use-commands.ts';
import { cellTemplates, type CellTemplate } from '../source/cell-templates.ts';
import classes from './bars.module.css';

interface AddMenuProps {
  /** The cell that the new one follows; null puts it first. */
  readonly after: () => string | null;
  readonly onClose: () => void;
}

/** Kinds that are empty until something is written. */
const written = new Set(['markdown', 'sql', 'javascript', 'typescript', 'raw']);

/** Arrows go from kind to kind. */
function goByArrow(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons.at((at + by) % buttons.length)?.focus();
}

/** Every kind of cell, with a start that runs. It is drawn only while it is open. */
export function AddMenu({ after, onClose }: AddMenuProps) {
  const { session, tables } = useOpenNotebook();
  const askColumns = useAskColumns();
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    element.current?.querySelector('button')?.focus();
    const outside = (event: MouseEvent): void => {
      const { target } = event;
      if (target instanceof Node && element.current?.parentElement?.contains(target) !== true)
        onClose();
    };
    document.addEventListener('mousedown', outside);
    return () => document.removeEventListener('mousedown', outside);
  }, [onClose]);

  const add = async (template: CellTemplate): Promise<void> => {
    const names = notebookNames(session.state());
    const place = after();
    const drawn = [...tablesNear(session.state(), place), ...tables];
    onClose();
    const columns = template.id === 'chart' ? await askColumns(drawn[0] ?? '') : [];
    const source = template.source({
      taken: new Set([...names.tables.keys(), ...names.inputs]),
      tables: drawn,
      columns,
    });
    const cell = newCell(template.type, source);
    session.act({ kind: 'insert-after', after: place, cell });
    if (written.has(template.id)) session.act({ kind: 'enter', cell: cell.id });
  };
  return (
    <div
      ref={element}
      className={classes['menu']}
      role="group"
      aria-label="Kinds of cells"
      onKeyDown={(event) => {
        goByArrow(event);
        if (event.key === 'Escape') onClose();
      }}
    >
      {cellTemplates.map(({ group, items }) => (
        <div key={group}>
          <p>{group}</p>
          {items.map((template) => (
            <button key={template.id} type="button" onClick={() => void add(template)}>
              {template.title} <small>{template.hint}</small>
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
