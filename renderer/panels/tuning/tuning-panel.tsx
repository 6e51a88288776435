import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { SweepReport } from '../../../pipeline/contract/segmentation.ts';
import { toProblem } from '../../host/problem.ts';
import { useFeatureList, useStatus, useSweep } from '../../host/queries.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatDay } from '../../ui/format.ts';
import { QuietState } from '../../ui/quiet-state.tsx';
import type { JobFeed } from '../run/use-job-feed.ts';
import { SweepControls } from './sweep-controls.tsx';
import { SweepResults } from './sweep-results.tsx';
import { isFree, sweepRun } from './sweep-run.ts';
import { TuningSkeleton } from './tuning-skeleton.tsx';
import {
  isOf,
  shownK,
  sweepJob,
  type SweepPlan,
  type TuningChange,
  type TuningValue,
} from './tuning-value.ts';
import classes from './tuning.module.css';

interface TuningPanelProps {
  readonly value: TuningValue;
  readonly onChange: (value: TuningValue) => void;
  readonly feed: JobFeed;
  readonly connected: boolean;
}

/** A function that stays the same while the value that it changes does not. */
function usePatch(value: TuningValue, onChange: (value: TuningValue) => void) {
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  }, [value, onChange]);
  return useCallback((change: TuningChange): void => {
    const next = { ...latest.current.value, ...change };
    // Two changes between two renders: the second goes on from the first.
    latest.current = { ...latest.current, value: next };
    latest.current.onChange(next);
  }, []);
}

/** What is tried, the same object for as long as nothing of it changes, so that the form rests while k is slid. */
function usePlan(value: TuningValue): SweepPlan {
  const { options, from, to, gap, stability, silhouetteRows } = value;
  return useMemo(
    () => ({ options, from, to, gap, stability, silhouetteRows }),
    [options, from, to, gap, stability, silhouetteRows],
  );
}

function useFeatureWords() {
  const features = useFeatureList().data;
  return useMemo(() => {
    const known = new Map((features ?? []).map((feature) => [feature.name, feature]));
    return {
      label: (name: string) => known.get(name)?.label ?? name,
      unit: (name: string) => known.get(name)?.unit ?? ('number' as const),
    };
  }, [features]);
}

function staleWords(
  report: SweepReport,
  value: TuningValue,
  asOf: string | null | undefined,
): string | null {
  if (!isOf(report, value.options)) {
    return 'What follows was found with another recipe, seed or number of restarts than those above. Try again to bring it up to date.';
  }
  if (typeof asOf === 'string' && asOf.slice(0, 10) !== report.asOf.slice(0, 10)) {
    return `What follows is as of ${formatDay(report.asOf)}; the workspace has data up to ${formatDay(asOf)}. Try again to bring it up to date.`;
  }
  return null;
}

function NoSweep({ running }: { running: boolean }) {
  return (
    <Card title="Recommended" busy={running}>
      <QuietState
        icon={<IconAdjustmentsHorizontal size={28} />}
        title={running ? 'The first sweep is on its way' : 'No numbers of segments tried yet'}
        height={260}
      >
        {running
          ? 'Scores, the recommended k and the customers in their segments appear here when every k was tried.'
          : 'Choose a range above and try it. Every k is scored, one is recommended with the reason, and you see who would be in which segment before anything is changed.'}
      </QuietState>
    </Card>
  );
}

/** K-Means tuning: try every k of a range, look at what each makes of the customers, and use one. */
export function TuningPanel({ value, onChange, feed, connected }: TuningPanelProps) {
  const patch = usePatch(value, onChange);
  const sweep = useSweep();
  const status = useStatus({ enabled: feed.known });
  const { label, unit } = useFeatureWords();
  const [asked, setAsked] = useState(false);
  // A first report draws the whole panel; deferred, it is drawn in pieces between other tasks.
  const report = useDeferredValue(sweep.data);
  const run = useMemo(() => sweepRun(feed.state, asked), [feed.state, asked]);
  const plan = usePlan(value);
  const k = report === undefined || report === null ? null : shownK(report, value.chosenK);
  const stale =
    report === undefined || report === null ? null : staleWords(report, value, status.data?.asOf);
  const { start } = feed;
  const isStale = stale !== null;
  const tryNow = useCallback((): void => {
    setAsked(true);
    // Names were typed for these clusters; others may come.
    if (isStale) patch({ names: {} });
    start(sweepJob(plan));
  }, [plan, patch, start, isStale]);
  return (
    <div className={classes['panel']} data-testid="tuning">
      <SweepControls
        plan={plan}
        patch={patch}
        run={run}
        connected={connected}
        customers={report?.customers ?? null}
        label={label}
        onTry={tryNow}
        onCancel={feed.cancel}
      />
      {report === undefined ? (
        sweep.error === null ? (
          <TuningSkeleton />
        ) : (
          <ErrorState {...toProblem(sweep.error)} onRetry={() => void sweep.refetch()} />
        )
      ) : report === null || k === null ? (
        <NoSweep running={!isFree(run) && run.kind !== 'held'} />
      ) : (
        <SweepResults
          report={report}
          k={k}
          value={value}
          patch={patch}
          job={feed.state}
          start={feed.start}
          connected={connected}
          unit={unit}
          currentVersion={status.data?.model?.version ?? null}
          stale={stale}
        />
      )}
    </div>
  );
}
