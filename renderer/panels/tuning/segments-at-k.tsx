import { Skeleton } from '@mantine/core';
import { useDeferredValue, useId, useMemo, useState } from 'react';
import type { FeatureInfo } from '../../../pipeline/contract/features.ts';
import type { SweptCluster, SweepReport } from '../../../pipeline/contract/segmentation.ts';
import { PointScatter } from '../../charts/point-scatter.tsx';
import { toProblem } from '../../host/problem.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { plural } from '../../ui/format.ts';
import { ClusterList } from './cluster-list.tsx';
import classes from './clusters.module.css';
import { componentTitle } from './component-title.ts';
import { EffectsTable } from './effects-table.tsx';
import { KSlider } from './k-slider.tsx';
import type { PointsState } from './points-state.ts';
import { stabilityDefinition } from './stability-words.ts';

interface SegmentsAtKProps {
  readonly report: SweepReport;
  readonly points: PointsState;
  readonly k: number;
  readonly name: (k: number, label: number) => string;
  readonly unit: (feature: string) => FeatureInfo['unit'];
  readonly onChoose: (k: number) => void;
}

const scatterHeight = 440;

interface PlaneProps extends Pick<SegmentsAtKProps, 'report' | 'points' | 'k'> {
  readonly highlight: number | null;
  readonly describedBy: string;
}

/** Every customer on the plane of the two principal components. */
function Plane({ report, points, k, highlight, describedBy }: PlaneProps) {
  switch (points.kind) {
    case 'loading':
      return <Skeleton height={scatterHeight - 30} mt={8} />;
    case 'failed':
      return <ErrorState {...toProblem(points.error)} onRetry={points.again} />;
    case 'here': {
      const { value } = points;
      return (
        <PointScatter
          points={value}
          labels={value.labels.get(k) ?? new Uint8Array(value.x.length)}
          clusters={k}
          highlight={highlight}
          xTitle={componentTitle(report.components[0], report.features)}
          yTitle={componentTitle(report.components[1], report.features)}
          label={`${plural(value.x.length, 'customer')} on two principal components, coloured by ${k} clusters`}
          describedBy={describedBy}
          testId="sweep-scatter"
          height={scatterHeight}
        />
      );
    }
  }
}

interface ProfilesProps extends Pick<SegmentsAtKProps, 'report' | 'name' | 'unit'> {
  readonly k: number;
  readonly clusters: readonly SweptCluster[];
}

function Profiles({ report, k, clusters, name, unit }: ProfilesProps) {
  const nameHere = useMemo(() => (label: number) => name(k, label), [name, k]);
  return (
    <>
      <EffectsTable clusters={clusters} features={report.features} name={nameHere} unit={unit} />
      <p className={classes['note']}>
        Each cell has Cohen’s <i>d</i> and the mean: by how many pooled standard deviations the
        cluster’s mean lies above (blue) or below (orange) that of all other customers. 0.2 is
        small, 0.8 large.
      </p>
    </>
  );
}

/** One k of the sweep: who is where, how many, and what sets them apart. Another k is drawn at once. */
export function SegmentsAtK({ report, points, k, name, unit, onChoose }: SegmentsAtKProps) {
  const list = useId();
  const [pinned, setPinned] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const ks = useMemo(() => report.clusterings.map((found) => found.k), [report]);
  const clusters = report.clusterings.find((found) => found.k === k)?.clusters ?? [];
  // The picture follows the slider; the long table may come a moment later.
  const settled = useDeferredValue(k);
  const profiles = report.clusterings.find((found) => found.k === settled)?.clusters ?? [];
  const wanted = pointed ?? pinned;
  const choose = (next: number): void => {
    setPinned(null);
    setPointed(null);
    onChoose(next);
  };
  return (
    <Card title={`The customers in ${k} segments`} testId="segments-at-k">
      <div className={classes['split']}>
        <div>
          <KSlider ks={ks} k={k} recommended={report.recommended} onChoose={choose} />
          <Plane
            report={report}
            points={points}
            k={k}
            highlight={wanted !== null && wanted < k ? wanted : null}
            describedBy={list}
          />
        </div>
        <div>
          <ClusterList
            id={list}
            clusters={clusters}
            name={(label) => name(k, label)}
            pinned={pinned}
            onPin={setPinned}
            onPoint={setPointed}
          />
          <p className={classes['note']}>
            Each point is a customer, on the two directions in which customers differ most
            (principal components). Press a name to make its customers stand out; drag in the
            picture to zoom, double-click to see all again.
          </p>
          {clusters.some(({ stability }) => stability !== null) ? (
            <p className={classes['note']}>{stabilityDefinition}</p>
          ) : null}
        </div>
      </div>
      <Profiles report={report} k={settled} clusters={profiles} name={name} unit={unit} />
    </Card>
  );
}
