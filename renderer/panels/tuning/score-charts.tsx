import { memo, useMemo } from 'react';
import { ScoreLine } from '../../charts/score-line.tsx';
import { scoreShape } from '../../charts/score-shape.ts';
import type { SweepReport } from '../../../pipeline/contract/segmentation.ts';
import { Card } from '../../ui/card.tsx';
import { plural } from '../../ui/format.ts';
import classes from './scores.module.css';
import { scoreKinds, spokenFor, type ScoreKind } from './score-kinds.ts';

interface ScoreChartsProps {
  readonly report: SweepReport;
  readonly k: number;
  readonly onChoose: (k: number) => void;
}

/** From how many customers a score that may be of a sample was computed. */
function rowsOf(kind: ScoreKind, report: SweepReport): number | null {
  switch (kind.field) {
    case 'silhouette':
      return report.sweep[0]?.silhouette_rows ?? null;
    case 'gap':
      return report.gapRows;
    case 'stability':
      return report.stabilityRows;
    case 'inertia':
    case 'calinski_harabasz':
    case 'davies_bouldin':
    case 'smallest_share':
      return null;
  }
}

function sampleWords(kind: ScoreKind, report: SweepReport): string {
  const rows = rowsOf(kind, report);
  if (rows === null || rows === 0) return '';
  return rows >= report.customers
    ? ' From all customers.'
    : ` From a sample of ${plural(rows, 'customer')}.`;
}

function bestWords(kind: ScoreKind, best: number | null): string {
  if (best === null) return '';
  return kind.speaksFor === 'elbow' ? `elbow at ${best}` : `best at ${best}`;
}

function ScoreChart({ kind, report, k, onChoose }: ScoreChartsProps & { kind: ScoreKind }) {
  const shape = useMemo(
    () =>
      scoreShape(
        report.sweep.map((row) => ({
          k: row.k,
          value: row[kind.field],
          error: kind.error === null ? null : row[kind.error],
        })),
        kind.floor,
      ),
    [report, kind],
  );
  const value = report.sweep.find((row) => row.k === k)?.[kind.field] ?? null;
  const best = spokenFor(kind, report.sweep, report.elbow);
  return (
    <section className={classes['chart']} data-testid={`score-${kind.field}`}>
      <header>
        <h3>{kind.title}</h3>
        <small>{bestWords(kind, best)}</small>
        <b>{value === null ? '' : kind.format(value)}</b>
      </header>
      {shape === null ? (
        <p className={classes['notAsked']}>
          {kind.asked === null
            ? 'Not defined for these customers.'
            : `Not computed. Switch “${kind.asked}” on and try again.`}
        </p>
      ) : (
        <ScoreLine
          shape={shape}
          chosen={k}
          best={best}
          bar={kind.bar}
          label={`${kind.title} by k; choose a k`}
          format={kind.format}
          tick={kind.tick}
          onChoose={onChoose}
        />
      )}
      <p className={classes['definition']}>
        {kind.definition}
        {sampleWords(kind, report)}
      </p>
    </section>
  );
}

function Reading({ k }: { k: number }) {
  return (
    <aside className={classes['reading']} aria-label="How to read the charts">
      <p>
        <i data-kind="chosen" aria-hidden="true" />
        k = {k}, which you look at. Click a point, or use the arrow keys in a chart, to look at
        another.
      </p>
      <p>
        <i data-kind="best" aria-hidden="true" />
        What one score alone would choose. They seldom agree; what was decided and why stands under
        “Recommended”.
      </p>
    </aside>
  );
}

/** Every score over k as small multiples on one scale of k. */
export const ScoreCharts = memo(function ScoreCharts(props: ScoreChartsProps) {
  return (
    <Card title="Scores by k" testId="score-charts">
      <div className={classes['charts']}>
        {scoreKinds.map((kind) => (
          <ScoreChart key={kind.field} {...props} kind={kind} />
        ))}
        <Reading k={props.k} />
      </div>
    </Card>
  );
});
