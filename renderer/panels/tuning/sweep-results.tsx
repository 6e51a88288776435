import { IconInfoCircle } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useMemo } from 'react';
import type { FeatureInfo } from '../../../pipeline/contract/features.ts';
import type { SweepReport } from '../../../pipeline/contract/segmentation.ts';
import { useSweepPoints } from '../../host/queries/sweep.ts';
import { Later } from '../../ui/later.tsx';
import type { JobState } from '../run/job-state.ts';
import type { JobFeed } from '../run/use-job-feed.ts';
import { AcceptSection } from './accept-section.tsx';
import { CompareSection } from './compare-section.tsx';
import type { PointsState } from './points-state.ts';
import { Recommendation } from './recommendation.tsx';
import { ScoreCharts } from './score-charts.tsx';
import { SegmentsAtK } from './segments-at-k.tsx';
import type { StaleWords } from './stale-words.ts';
import { readSweepPoints } from './sweep-points.ts';
import { clusterName, type TuningPatch, type TuningValue } from './tuning-value.ts';
import classes from './tuning.module.css';

interface SweepResultsProps {
  readonly report: SweepReport;
  readonly k: number;
  readonly value: TuningValue;
  readonly patch: TuningPatch;
  readonly job: JobState;
  readonly start: JobFeed['start'];
  readonly dismiss: JobFeed['dismiss'];
  readonly connected: boolean;
  readonly unit: (feature: string) => FeatureInfo['unit'];
  readonly currentVersion: number | null;
  readonly featuresHref: string | undefined;
  /** Why these results are not those of what is asked for above, and what they are of; null where they are. */
  readonly stale: StaleWords | null;
}

function usePoints(id: string): PointsState {
  const { data, error, refetch } = useSweepPoints(id, readSweepPoints);
  return useMemo(() => {
    if (data !== undefined) return { kind: 'here', value: data };
    if (error !== null) return { kind: 'failed', error, again: () => void refetch() };
    return { kind: 'loading' };
  }, [data, error, refetch]);
}

/** All that a sweep found, and what can be done with it. */
export function SweepResults(props: SweepResultsProps) {
  const { report, k, value, patch, stale } = props;
  const points = usePoints(report.id);
  // The slider and the picture answer at once; what is far from the pointer follows in a task of its own.
  const settled = useDeferredValue(k);
  const { names } = value;
  const name = useCallback(
    (k: number, label: number) => clusterName(names, report, { k, label }),
    [names, report],
  );
  const { options } = report;
  const choose = useCallback((k: number) => patch({ chosen: { k, options } }), [patch, options]);
  return (
    <>
      {stale === null ? null : (
        <p className={classes['stale']} role="status" data-testid="tuning-stale">
          <IconInfoCircle size={18} aria-hidden="true" />
          <span>
            {stale.why} {stale.of}
          </span>
        </p>
      )}
      <Recommendation report={report} k={settled} onChoose={choose} />
      <Later>
        <ScoreCharts report={report} k={settled} onChoose={choose} />
        <Later>
          <SegmentsAtK
            report={report}
            points={points}
            k={k}
            name={name}
            unit={props.unit}
            onChoose={choose}
          />
          <Later>
            <CompareSection
              report={report}
              points={points}
              k={settled}
              compareWith={value.compareWith}
              name={name}
              patch={patch}
            />
            <Later>
              <AcceptSection
                report={report}
                // Not deferred: what is typed the moment after is typed for this k.
                k={k}
                names={names}
                patch={patch}
                job={props.job}
                start={props.start}
                dismiss={props.dismiss}
                connected={props.connected}
                currentVersion={props.currentVersion}
                featuresHref={props.featuresHref}
              />
            </Later>
          </Later>
        </Later>
      </Later>
    </>
  );
}
