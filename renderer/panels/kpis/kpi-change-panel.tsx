import { Skeleton, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { toProblem } from '../../host/problem.ts';
import { useKpiReport, useKpiSplit } from '../../host/queries/kpis.ts';
import { useJobList } from '../../host/queries/workspace.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';
import { hasEnded } from '../run/job-state.ts';
import { ChangeControls } from './change-controls.tsx';
import { changeDays, dayBounds, type DayBounds } from './change-days.ts';
import { ChangeResult } from './change-result.tsx';
import classes from './kpi-change.module.css';
import type { KpiChangeValue } from './kpis-value.ts';

interface KpiChangePanelProps {
  readonly value: KpiChangeValue;
  readonly onChange: (value: KpiChangeValue) => void;
}

/** So long after the last change the host is asked. */
const patience = 350;

const title = 'What moved a KPI';

/** The shape of a result. A split takes its turn with jobs, so that it may have to wait for one. */
function Waiting() {
  const job = useJobList().data?.find(({ last }) => !hasEnded(last));
  return (
    <div className={classes['result']}>
      {job === undefined ? (
        <VisuallyHidden role="status">Taking the change apart</VisuallyHidden>
      ) : (
        <p className={classes['held']} role="status">
          {job.title} holds the workspace; the change is taken apart when it ends.
        </p>
      )}
      <Skeleton height={15} width="72%" mt={10} />
      <div className={classes['sides']}>
        <Skeleton height={252} />
        <Skeleton height={252} />
      </div>
      <Skeleton height={170} />
    </div>
  );
}

function Split({ value, onChange, bounds }: KpiChangePanelProps & { bounds: DayBounds }) {
  const days = changeDays(value, bounds);
  const { kind, from, to } = days;
  const asked = useMemo(
    () => (kind === 'days' ? { kpi: value.kpi, from, to } : null),
    [kind, value.kpi, from, to],
  );
  const [settled] = useDebouncedValue(asked, patience);
  const { data, error, isFetching, refetch } = useKpiSplit(settled);
  const waiting = isFetching || asked === null || settled !== asked;
  const problem = error === null || isFetching ? null : toProblem(error);
  return (
    <Card
      title={title}
      testId="kpi-change"
      busy={waiting && asked !== null}
      aside={<ChangeControls value={value} onChange={onChange} days={days} bounds={bounds} />}
    >
      {problem !== null ? (
        <div className={classes['problem']}>
          <ErrorState
            {...problem}
            onRetry={problem.code === 'KPI_UNDEFINED' ? undefined : () => void refetch()}
          />
        </div>
      ) : data !== undefined ? (
        <ChangeResult split={data} waiting={waiting} />
      ) : asked !== null ? (
        <Waiting />
      ) : (
        <QuietState icon={<IconArrowsSplit2 size={26} />} title="No two days yet" height={220}>
          Choose a first day that lies before the second.
        </QuietState>
      )}
    </Card>
  );
}

/** Why a KPI of all customers changed between two days. */
export function KpiChangePanel({ value, onChange }: KpiChangePanelProps) {
  const report = useKpiReport();
  const bounds = useMemo(
    () => (report.data === undefined ? null : dayBounds(report.data)),
    [report.data],
  );
  if (bounds !== null) return <Split value={value} onChange={onChange} bounds={bounds} />;
  return (
    <Card title={title} testId="kpi-change" busy={report.isFetching}>
      {report.data !== undefined ? (
        <QuietState icon={<IconArrowsSplit2 size={26} />} title="Not computed yet" height={220}>
          Run the pipeline: then the change of a KPI between two days can be taken apart.
        </QuietState>
      ) : report.error === null ? (
        <Waiting />
      ) : (
        <ErrorState {...toProblem(report.error)} onRetry={() => void report.refetch()} />
      )}
    </Card>
  );
}
