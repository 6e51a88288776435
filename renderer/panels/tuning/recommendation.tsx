import { Button } from '@mantine/core';
import { memo } from 'react';
import type { SweepReport, SweepRow } from '../../../pipeline/contract/segmentation.ts';
import { Card } from '../../ui/card.tsx';
import { formatCount, formatDay, plural } from '../../ui/format.ts';
import { droppedWords } from './dropped-words.ts';
import classes from './scores.module.css';
import { scoreKinds, type ScoreKind } from './score-kinds.ts';

interface RecommendationProps {
  readonly report: SweepReport;
  readonly k: number;
  readonly onChoose: (k: number) => void;
}

function scoreWords(kind: ScoreKind, row: SweepRow): string {
  const value = row[kind.field];
  return value === null ? 'not computed' : kind.format(value);
}

function Scores({ row }: { row: SweepRow }) {
  return (
    <dl className={classes['scores']} aria-label={`Scores of k = ${row.k}`}>
      {scoreKinds.map((kind) => (
        <div key={kind.field} title={kind.definition}>
          <dt>{kind.title}</dt>
          <dd data-missing={row[kind.field] === null}>{scoreWords(kind, row)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Headline({ report }: { report: SweepReport }) {
  if (report.recommended === null) {
    return (
      <p className={classes['headline']}>
        <strong>–</strong>
        <span>no k is recommended</span>
      </p>
    );
  }
  return (
    <p className={classes['headline']} data-testid="recommended-k">
      <strong>{report.recommended}</strong>
      <span>segments</span>
    </p>
  );
}

/** The k that the sweep speaks for and why, with the scores of the k that is looked at. */
export const Recommendation = memo(function Recommendation(props: RecommendationProps) {
  const { report, k, onChoose } = props;
  const { recommended, elbow } = report;
  const row = report.sweep.find((found) => found.k === k);
  return (
    <Card
      title="Recommended"
      testId="recommendation"
      aside={
        <span className={classes['aside']}>
          {plural(report.customers, 'customer')} as of {formatDay(report.asOf)}
        </span>
      }
    >
      <div className={classes['recommendation']}>
        <Headline report={report} />
        <div className={classes['reason']}>
          <p>{report.reason}</p>
          {elbow === null ? null : (
            <p className={classes['elbow']}>The elbow of the inertia is at k = {elbow}.</p>
          )}
          {report.dropped.length === 0 ? null : (
            <p className={classes['elbow']} data-testid="dropped-ks">
              {droppedWords(report.dropped)}
            </p>
          )}
          {recommended === null || recommended === k ? null : (
            <Button
              size="compact-sm"
              variant="default"
              mt={8}
              onClick={() => onChoose(recommended)}
            >
              Show k = {formatCount(recommended)}
            </Button>
          )}
        </div>
        {row === undefined ? null : (
          <div className={classes['rowScores']}>
            <p>
              k = {k}
              {k === recommended ? ', recommended' : ', which you look at'}
            </p>
            <Scores row={row} />
          </div>
        )}
      </div>
    </Card>
  );
});
