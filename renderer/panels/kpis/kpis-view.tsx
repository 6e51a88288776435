import { CohortPanel } from './cohort-panel.tsx';
import { KpiBoard } from './kpi-board.tsx';
import { KpiChangePanel } from './kpi-change-panel.tsx';
import classes from './kpis-view.module.css';
import type { KpisValue } from './kpis-value.ts';

interface KpisViewProps {
  readonly value: KpisValue;
  readonly onChange: (value: KpisValue) => void;
}

/** The KPIs and how sure they are, what moved them, and the customers by their first purchase. */
export function KpisView({ value, onChange }: KpisViewProps) {
  return (
    <div className={classes['view']} data-testid="kpis-view">
      <KpiBoard className={classes['charts'] ?? ''} />
      <KpiChangePanel value={value.change} onChange={(change) => onChange({ ...value, change })} />
      <CohortPanel value={value.cohorts} onChange={(cohorts) => onChange({ ...value, cohorts })} />
    </div>
  );
}
