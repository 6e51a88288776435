import type { WorkspaceStatus } from '../../../pipeline/contract/schemas.ts';
import { KpiBoard } from '../../panels/kpis/kpi-board.tsx';
import { LayersPanel } from '../../panels/layers/layers-panel.tsx';
import { ScatterPanel } from '../../panels/segments/scatter-panel.tsx';
import classes from './board.module.css';
import { FillingBoard } from './filling-board.tsx';
import { Guarded } from './guarded.tsx';
import { layerCounts } from './screen-state.ts';

interface OverviewProps {
  readonly status: WorkspaceStatus;
  readonly filled: boolean;
  readonly busy: boolean;
  readonly openTable: (table: string) => void;
}

/** What is where, and what came of it. */
export function Overview({ status, filled, busy, openTable }: OverviewProps) {
  return (
    <>
      <LayersPanel
        layers={layerCounts(status.tables)}
        totals={status.totals}
        quarantine={status.quarantine}
        onTable={openTable}
      />
      {filled ? (
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
    </>
  );
}
