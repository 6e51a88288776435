import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { toProblem } from '../../host/problem.ts';
import { useSweep } from '../../host/queries/sweep.ts';
import { useStatus } from '../../host/queries/workspace.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';
import { isWorking, jobRun } from '../run/job-run.ts';
import type { JobFeed } from '../run/use-job-feed.ts';
import { useFeatureWords } from '../segments/use-feature-words.ts';
import { staleWords } from './stale-words.ts';
import { SweepControls } from './sweep-controls.tsx';
import { SweepResults } from './sweep-results.tsx';
import { TuningSkeleton } from './tuning-skeleton.tsx';
import {
  shownK,
  sweepJob,
  type SweepPlan,
  type TuningPatch,
  type TuningValue,
} from './tuning-value.ts';
import classes from './tuning.module.css';

interface TuningPanelProps {
  readonly value: TuningValue;
  readonly onChange: (value: TuningValue) => void;
  readonly feed: JobFeed;
  readonly connected: boolean;
  /** Where the recipe is made, for when it is refused; left out where there is no such place. */
  readonly featuresHref?: string;
}

/** A function that stays the same while the value that it changes does not. */
function usePatch(value: TuningValue, onChange: (value: TuningValue) => void) {
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  }, [value, onChange]);
  return useCallback<TuningPatch>((change) => {
    const { value } = latest.current;
    const next = { ...value, ...(typeof change === 'function' ? change(value) : change) };
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
export function TuningPanel(props: TuningPanelProps) {
  const { value, onChange, feed, connected, featuresHref } = props;
  const patch = usePatch(value, onChange);
  const sweep = useSweep();
  const status = useStatus({ enabled: feed.known });
  const { label, unit } = useFeatureWords();
  // A first report draws the whole panel; deferred, it is drawn in pieces between other tasks.
  const report = useDeferredValue(sweep.data);
  const run = useMemo(() => jobRun(feed.state, 'sweep'), [feed.state]);
  const plan = usePlan(value);
  const k = report === undefined || report === null ? null : shownK(report, value.chosen);
  const asOf = status.data?.asOf ?? null;
  const { options } = value;
  const stale = useMemo(
    () =>
      report === undefined || report === null ? null : staleWords(report, { options, asOf }, label),
    [report, options, asOf, label],
  );
  const { start } = feed;
  const tryNow = useCallback((): void => start(sweepJob(plan)), [plan, start]);
  return (
    <div className={classes['panel']} data-testid="tuning">
      <SweepControls
        plan={plan}
        patch={patch}
        run={run}
        connected={connected}
        found={report !== undefined && report !== null}
        customers={report?.customers ?? null}
        label={label}
        featuresHref={featuresHref}
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
        <NoSweep running={isWorking(run)} />
      ) : (
        <SweepResults
          report={report}
          k={k}
          value={value}
          patch={patch}
          job={feed.state}
          start={feed.start}
          dismiss={feed.dismiss}
          connected={connected}
          unit={unit}
          currentVersion={status.data?.model?.version ?? null}
          featuresHref={featuresHref}
          stale={stale}
        />
      )}
    </div>
  );
}
