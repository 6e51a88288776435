import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { memo, useMemo, useRef, type MouseEvent } from 'react';
import type { CellState, NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { CellOutputs } from '../outputs/cell-outputs.tsx';
import {
  markingOf,
  useCell,
  useCellState,
  useNotebook,
  useOpenNotebook,
} from '../session/notebook-context.tsx';
import { isKept, kindWords, readSource, type CellSource } from '../source/cell-source.ts';
import { CellBody } from './cell-body.tsx';
import { CellStatus } from './cell-status.tsx';
import { CellTools } from './cell-tools.tsx';
import classes from './cell.module.css';
import { NameField } from './name-field.tsx';
import { statusWords } from './status-words.ts';
import { ToolButton } from './tool-button.tsx';
import { useNear } from './use-near.ts';

interface CellProps {
  readonly id: string;
  readonly at: number;
  readonly count: number;
}

/** Cells that are drawn before anybody knows what is on the screen. */
const firstDrawn = 5;

interface PartProps {
  readonly cell: NotebookCell;
  readonly source: CellSource;
  readonly state: CellState | undefined;
}

const runnable = ({ type }: NotebookCell, { kind }: CellSource): boolean =>
  type === 'code' && !isKept(kind) && kind !== 'input';

function Head({ cell, source, state, ...place }: PartProps & { first: boolean; last: boolean }) {
  const { session } = useOpenNotebook();
  const trusted = useNotebook(({ facts }) => facts.trusted);
  const busy = state?.status === 'running' || state?.status === 'waiting';
  const error = state?.error ?? null;
  const named = source.lead !== '' && source.kind !== 'chart';
  return (
    <header className={classes['head']}>
      {runnable(cell, source) ? (
        <ToolButton
          label={`Run ${source.name ?? `this ${kindWords[source.kind]} cell`}`}
          icon={<IconPlayerPlayFilled size={13} />}
          disabled={!trusted || busy}
          onClick={() => session.run([cell.id])}
        />
      ) : null}
      <span className={classes['kind']}>{kindWords[source.kind]}</span>
      {source.kind === 'setup' ? (
        <span className={classes['aside']}>
          Makes the cells below run in Jupyter. Strata does not need it.
        </span>
      ) : null}
      {named ? <NameField cell={cell} source={source} /> : null}
      {cell.pinned ? <span className={classes['pinned']}>pinned</span> : null}
      <CellTools cell={cell} kind={source.kind} {...place} />
      {/* An input has nothing to run, but may be wrong. */}
      {cell.type !== 'code' ||
      isKept(source.kind) ||
      (source.kind === 'input' && error === null) ? null : (
        <CellStatus state={state} />
      )}
    </header>
  );
}

/** Stands where a cell will be drawn: its text can be found and heard, and its place is about as tall. */
function FarCell({ cell, height }: { cell: NotebookCell; height: number | null }) {
  const lines = cell.source.split('\n', 30).length;
  return (
    <pre
      className={classes['far']}
      data-source-text=""
      style={{ height: height ?? 60 + 20 * lines }}
    >
      {cell.source.slice(0, 4000)}
    </pre>
  );
}

function NearCell({
  cell,
  source,
  state,
  at,
  count,
  editing,
}: PartProps & CellProps & { editing: boolean }) {
  const trusted = useNotebook(({ facts }) => facts.trusted);
  const error = state?.error ?? null;
  const outputs =
    cell.type === 'code' && state !== undefined && (error !== null || !cell.folded.outputs);
  return (
    <>
      <Head cell={cell} source={source} state={state} first={at === 0} last={at === count - 1} />
      <div className={classes['body']}>
        <CellBody cell={cell} source={source} editing={editing} />
      </div>
      {outputs ? <CellOutputs state={state} trusted={trusted} /> : null}
      {cell.folded.outputs && cell.type === 'code' && (state?.outputs.length ?? 0) > 0 ? (
        <p className={classes['note']}>Outputs are hidden.</p>
      ) : null}
    </>
  );
}

/** One cell. It is drawn again when it or its state changes, not when its neighbours do. */
export const NotebookCellView = memo(function NotebookCellView(props: CellProps) {
  const { id, at, count } = props;
  const { session } = useOpenNotebook();
  const element = useRef<HTMLElement>(null);
  const cell = useCell(id);
  const state = useCellState(id);
  const marking = useNotebook((all) => markingOf(all, id));
  const { near, height } = useNear(element, at < firstDrawn);
  const told = state?.kind;
  const source = useMemo(() => (cell === undefined ? null : readSource(cell, told)), [cell, told]);
  if (cell === undefined || source === null) return null;
  const editing = marking === 'edit';
  const prose = cell.type === 'markdown';
  const shown = near || editing;
  const select = (event: MouseEvent): void => {
    session.act({ kind: 'select', cell: id, extend: event.shiftKey });
  };
  const enter = (): void => {
    if (!isKept(source.kind)) session.act({ kind: 'enter', cell: id });
  };
  const words = [
    `Cell ${at + 1} of ${count}`,
    kindWords[source.kind],
    source.name ?? '',
    cell.type === 'code' && state !== undefined ? statusWords(state) : '',
  ];
  return (
    <section
      ref={element}
      className={classes['cell']}
      aria-label={words.filter((word) => word !== '').join(', ')}
      aria-current={marking === 'head' || editing ? 'true' : undefined}
      data-cell={id}
      data-type={prose ? 'prose' : 'code'}
      data-kind={source.kind}
      data-status={cell.type === 'code' ? (state?.status ?? 'idle') : 'idle'}
      data-marking={marking}
      data-near={shown}
      tabIndex={marking === 'head' || editing ? 0 : -1}
      onMouseDown={select}
      onDoubleClick={prose ? enter : undefined}
      onClick={(event) => {
        const source = event.target instanceof Element && event.target.closest('[data-source]');
        if (source) enter();
      }}
    >
      {shown ? (
        <NearCell {...props} cell={cell} source={source} state={state} editing={editing} />
      ) : (
        <FarCell cell={cell} height={height} />
      )}
    </section>
  );
});
