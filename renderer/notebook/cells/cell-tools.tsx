import {
  IconArrowDown,
  IconArrowUp,
  IconCode,
  IconCodeOff,
  IconEye,
  IconEyeOff,
  IconPencil,
  IconPin,
  IconPinFilled,
  IconTrash,
} from '@tabler/icons-react';
import { memo } from 'react';
import type { CellKind, NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { useOpenNotebook } from '../session/notebook-context.tsx';
import type { NotebookAction } from '../state/notebook-action.ts';
import classes from './cell.module.css';
import { ToolButton } from './tool-button.tsx';

interface CellToolsProps {
  readonly cell: NotebookCell;
  readonly kind: CellKind;
  readonly first: boolean;
  readonly last: boolean;
}

const size = 15;

/** Kinds whose source is not what stands on the page. */
const edited = new Set<CellKind>(['markdown', 'input', 'chart', 'features', 'tuning', 'kpis']);

/** What can be done to a cell besides running it. */
export const CellTools = memo(function CellTools({ cell, kind, first, last }: CellToolsProps) {
  const { session } = useOpenNotebook();
  const { folded, pinned } = cell;
  const act = (action: NotebookAction): void => {
    session.act({ kind: 'select', cell: cell.id, extend: false });
    session.act(action);
  };
  return (
    <span className={classes['tools']}>
      {edited.has(kind) ? (
        <ToolButton
          label={kind === 'markdown' ? 'Edit' : 'Edit the source'}
          icon={<IconPencil size={size} />}
          onClick={() => act({ kind: 'enter', cell: cell.id })}
        />
      ) : null}
      {cell.type === 'code' && kind !== 'input' ? (
        <>
          <ToolButton
            label={folded.source ? 'Show the source' : 'Hide the source'}
            icon={folded.source ? <IconCodeOff size={size} /> : <IconCode size={size} />}
            pressed={folded.source}
            onClick={() => act({ kind: 'fold', part: 'source' })}
          />
          <ToolButton
            label={folded.outputs ? 'Show the outputs' : 'Hide the outputs'}
            icon={folded.outputs ? <IconEyeOff size={size} /> : <IconEye size={size} />}
            pressed={folded.outputs}
            onClick={() => act({ kind: 'fold', part: 'outputs' })}
          />
          <ToolButton
            label={pinned ? 'Release the results' : 'Pin the results: they stay when data changes'}
            icon={pinned ? <IconPinFilled size={size} /> : <IconPin size={size} />}
            pressed={pinned}
            onClick={() => act({ kind: 'pin' })}
          />
        </>
      ) : null}
      <ToolButton
        label="Move up"
        icon={<IconArrowUp size={size} />}
        disabled={first}
        onClick={() => act({ kind: 'move', by: -1 })}
      />
      <ToolButton
        label="Move down"
        icon={<IconArrowDown size={size} />}
        disabled={last}
        onClick={() => act({ kind: 'move', by: 1 })}
      />
      <ToolButton
        label="Delete"
        icon={<IconTrash size={size} />}
        onClick={() => act({ kind: 'delete' })}
      />
    </span>
  );
});
