import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';
import { KpiBoard } from '../../panels/kpis/kpi-board.tsx';
import { LayersPanel } from '../../panels/layers/layers-panel.tsx';
import { StaleNote } from '../../panels/layers/stale-note.tsx';
import type { Way } from '../../panels/run/run-panel.tsx';
import { ScatterPanel } from '../../panels/segments/scatter-panel.tsx';
import { TablePanel } from '../../panels/tables/table-panel.tsx';
import classes from './board.module.css';
import { EmptyBoard } from './empty-board.tsx';
import { FillingBoard } from './filling-board.tsx';
import { Guarded } from './guarded.tsx';
import { layerCounts, screenState } from './screen-state.ts';

interface BoardProps {
  readonly status: WorkspaceStatus;
  readonly busy: boolean;
  readonly canRun: boolean;
  readonly onRun: () => void;
  readonly table: string | null;
  readonly onTable: (table: string) => void;
  readonly onWay: (way: Way) => void;
  readonly openTable: (table: string) => void;
}

export function Board(props: BoardProps) {
  const { status, busy, canRun, onRun, table, onTable, openTable } = props;
  const state = screenState(status, busy);
  if (state === 'empty') return <EmptyBoard onWay={props.onWay} />;
  return (
    <div className={classes['board']}>
      {status.pending > 0 && !busy ? (
        <StaleNote pending={status.pending} disabled={!canRun} onRun={onRun} />
      ) : null}
      <LayersPanel
        layers={layerCounts(status.tables)}
        totals={status.totals}
        quarantine={status.quarantine}
        onTable={openTable}
      />
      {state === 'full' ? (
        <>
          <Guarded title="KPIs by segment">
            <KpiBoard className={classes['charts'] ?? ''} />
          </Guarded>
          <Guarded title="Customers by segment">
            <ScatterPanel />
          </Guarded>
        </>
      ) : (
        <FillingBoard busy={busy} />
      )}
      <Guarded title="Tables">
        <TablePanel tables={status.tables} table={table} onTable={onTable} />
      </Guarded>
    </div>
  );
}
