import { useState } from 'react';
import type { CellState } from '../../../pipeline/contract/notebook.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/format.ts';
import { LiveTable } from './live-table.tsx';
import { OutputView } from './output-view.tsx';
import classes from './outputs.module.css';

interface CellOutputsProps {
  readonly state: CellState;
  readonly trusted: boolean;
}

/** More than this many outputs of one cell are drawn when asked for. */
const most = 30;

/** So many rows stand in the output itself. */
const shownRows = 20;

/** Whether there are rows that the output does not show. */
function hasMore({ kind, rows }: CellState): boolean {
  return rows !== null && rows > (kind === 'sql' || kind === 'kpis' ? shownRows : 0);
}

function hasTable(state: CellState): boolean {
  return state.rows !== null && (state.kind === 'sql' || state.outputs.length > 0);
}

/** What a cell gave: its outputs, its rows on demand, or why it failed. */
export function CellOutputs({ state, trusted }: CellOutputsProps) {
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const { error, rows, outputs } = state;
  if (error !== null) {
    return (
      <div className={classes['outputs']}>
        <ErrorState {...error} />
      </div>
    );
  }
  if (outputs.length === 0) return null;
  const live = open && rows !== null && hasTable(state);
  const shown = all ? outputs : outputs.slice(0, most);
  return (
    <div className={classes['outputs']} data-stale={state.status === 'stale'}>
      {live && state.kind === 'sql'
        ? null
        : // oxlint-disable-next-line react/no-array-index-key -- outputs have no other identity
          shown.map((output, at) => <OutputView key={at} output={output} />)}
      {shown.length < outputs.length ? (
        <button type="button" className={classes['more']} onClick={() => setAll(true)}>
          Show {outputs.length - shown.length} more outputs
        </button>
      ) : null}
      {live ? <LiveTable state={state} rows={rows} onLess={() => setOpen(false)} /> : null}
      {!live && trusted && rows !== null && hasMore(state) && hasTable(state) ? (
        <button type="button" className={classes['more']} onClick={() => setOpen(true)}>
          Browse all {formatCount(rows)} rows
        </button>
      ) : null}
    </div>
  );
}
