import { Skeleton } from '@mantine/core';
import { useMemo } from 'react';
import type { SweepReport } from '../../../pipeline/contract/segmentation.ts';
import { FlowDiagram } from '../../charts/flow-diagram.tsx';
import { PointScatter } from '../../charts/point-scatter.tsx';
import { toProblem } from '../../host/problem.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Agreement } from '../segments/agreement.tsx';
import classes from './compare.module.css';
import { componentTitle } from './component-title.ts';
import { adjustedRand, crosstab, type Crosstab } from './crosstab.ts';
import { CrosstabTable } from './crosstab-table.tsx';
import type { PointsState } from './points-state.ts';
import type { SweepPoints } from './sweep-points.ts';

interface CompareKsProps {
  readonly report: SweepReport;
  readonly points: PointsState;
  readonly k: number;
  readonly other: number;
  readonly name: (k: number, label: number) => string;
}

const height = 350;

function Pair({
  report,
  value,
  k,
  other,
}: Omit<CompareKsProps, 'points' | 'name'> & { value: SweepPoints }) {
  return (
    <div className={classes['pair']}>
      {[k, other].map((each) => (
        <figure key={each}>
          <figcaption>k = {each}</figcaption>
          <PointScatter
            points={value}
            labels={value.labels.get(each) ?? new Uint8Array(value.x.length)}
            clusters={each}
            highlight={null}
            xTitle={componentTitle(report.components[0], report.features)}
            yTitle={componentTitle(report.components[1], report.features)}
            label={`Every customer, coloured by ${each} clusters`}
            testId={`compare-scatter-${each === k ? 'left' : 'right'}`}
            height={height}
          />
        </figure>
      ))}
    </div>
  );
}

function flowsOf(table: Crosstab, { k, other, name }: Omit<CompareKsProps, 'report' | 'points'>) {
  return table.flatMap((row, from) =>
    row.map((customers, to) => ({
      from: { id: from, name: name(k, from) },
      to: { id: to, name: name(other, to) },
      customers,
    })),
  );
}

function Both(props: Omit<CompareKsProps, 'points'> & { value: SweepPoints }) {
  const { report, value, k, other, name } = props;
  const table = useMemo(
    () =>
      crosstab(
        value.labels.get(k) ?? new Uint8Array(),
        value.labels.get(other) ?? new Uint8Array(),
        {
          rows: k,
          columns: other,
        },
      ),
    [value, k, other],
  );
  const flows = useMemo(() => flowsOf(table, { k, other, name }), [table, k, other, name]);
  return (
    <>
      <Pair report={report} value={value} k={k} other={other} />
      <Agreement index={adjustedRand(table)} moved={null} />
      <div className={classes['flows']}>
        <FlowDiagram
          flows={flows}
          fromTitle={`k = ${k}`}
          toTitle={`k = ${other}`}
          label={`How the customers of ${k} clusters are spread over ${other}; the table has the numbers`}
        />
        <CrosstabTable
          caption={`Customers by cluster of k = ${k} (rows) and of k = ${other} (columns)`}
          rows={table.map((_, from) => ({ id: from, name: name(k, from) }))}
          columns={(table[0] ?? []).map((_, to) => ({ id: to, name: name(other, to) }))}
          cells={table}
        />
      </div>
    </>
  );
}

/** Two ks of one sweep side by side, from the labels that are already on the page. */
export function CompareKs({ points, ...props }: CompareKsProps) {
  switch (points.kind) {
    case 'loading':
      return <Skeleton height={height} mt={10} />;
    case 'failed':
      return <ErrorState {...toProblem(points.error)} onRetry={points.again} />;
    case 'here':
      return <Both {...props} value={points.value} />;
  }
}
