import { useCallback, useMemo } from 'react';
import type { ClvReport } from '../../../pipeline/contract/clv.ts';
import { toProblem } from '../../host/problem.ts';
import { useClvReport } from '../../host/queries/clv.ts';
import { useStatus } from '../../host/queries/workspace.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import type { JobFeed } from '../run/use-job-feed.ts';
import { jobRun, type JobRun } from '../run/job-run.ts';
import { CalibrationCard } from './calibration-card.tsx';
import { ClvHeadline } from './clv-headline.tsx';
import { ClvSegments } from './clv-segments.tsx';
import { ClvStart, type NoClv } from './clv-start.tsx';
import { ValueSkeleton } from './value-skeleton.tsx';
import classes from './value.module.css';

interface ValueViewProps {
  readonly feed: JobFeed;
  readonly connected: boolean;
}

interface Fit {
  readonly run: JobRun;
  readonly connected: boolean;
  readonly onFit: () => void;
  readonly onCancel: () => void;
}

/** Why nothing is predicted: what the latest fit said. */
function whyNone(run: JobRun): NoClv {
  if (run.kind === 'failed' && run.problem.code === 'CLV_REFUSED') {
    return { kind: 'refused', sentence: run.problem.message, next: run.problem.next };
  }
  return { kind: 'none' };
}

function Report({ report, fit }: { report: ClvReport; fit: Fit }) {
  const asOf = useStatus({ enabled: true }).data?.asOf?.slice(0, 10) ?? null;
  if (report.kind !== 'fitted') {
    const why = whyNone(fit.run);
    const said = fit.run.kind === 'failed' && fit.run.problem.code === 'CLV_REFUSED';
    return <ClvStart why={why} {...fit} run={said ? { kind: 'free' } : fit.run} />;
  }
  const newer = asOf === null || asOf === report.asOf.slice(0, 10) ? null : asOf;
  return (
    <div className={classes['view']} data-testid="value-view">
      <ClvHeadline report={report} newer={newer} {...fit} />
      <ClvSegments report={report} />
      <CalibrationCard calibration={report.calibration} notCalibrated={report.notCalibrated} />
    </div>
  );
}

/** Predicted customer lifetime value: fitted here, read here. */
export function ValueView({ feed, connected }: ValueViewProps) {
  const { data, error, refetch } = useClvReport();
  const run = useMemo(() => jobRun(feed.state, 'clv'), [feed.state]);
  const { start, cancel } = feed;
  const onFit = useCallback((): void => start({ kind: 'clv' }), [start]);
  if (data === undefined) {
    if (error === null) return <ValueSkeleton />;
    return (
      <Card title="Predicted CLV">
        <ErrorState {...toProblem(error)} onRetry={() => void refetch()} />
      </Card>
    );
  }
  return <Report report={data} fit={{ run, connected, onFit, onCancel: cancel }} />;
}
