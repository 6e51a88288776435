import { toProblem } from '../../host/problem.ts';
import { useKpiReport } from '../../host/queries/kpis.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { KpiCard } from './kpi-card.tsx';
import { kpis } from './kpi-definitions.ts';
import { KpiSkeletons } from './kpi-skeleton.tsx';

/** The four KPI charts, from one report. */
export function KpiBoard({ className }: { className: string }) {
  const report = useKpiReport();
  if (report.data === undefined && report.error !== null) {
    return (
      <Card title="KPIs by segment">
        <ErrorState {...toProblem(report.error)} onRetry={() => void report.refetch()} />
      </Card>
    );
  }
  const data = report.data;
  return (
    <div className={className} aria-busy={report.isFetching} data-testid="kpi-board">
      {data === undefined ? (
        <KpiSkeletons />
      ) : (
        kpis.map((kpi) => <KpiCard key={kpi.id} kpi={kpi} report={data} />)
      )}
    </div>
  );
}
