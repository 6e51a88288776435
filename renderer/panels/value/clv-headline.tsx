import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { Card } from '../../ui/card.tsx';
import { formatAmount, formatCount, formatDay, formatNumber } from '../../ui/format.ts';
import { isFree, type JobRun } from '../run/job-run.ts';
import { ClvRun } from './clv-run.tsx';
import { clvDefinition, parameterLine, type FittedClv } from './clv-words.ts';
import classes from './value.module.css';

interface ClvHeadlineProps {
  readonly report: FittedClv;
  readonly run: JobRun;
  readonly connected: boolean;
  /** The day that the workspace has data up to, if another than that of the predictions. */
  readonly newer: string | null;
  readonly onFit: () => void;
  readonly onCancel: () => void;
}

function Stat({ value, label, title }: { value: string; label: string; title: string }) {
  return (
    <div title={title}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Numbers({ report }: { report: FittedClv }) {
  const { total, mean, alive, customers, months } = report;
  return (
    <div className={classes['numbers']}>
      <p className={classes['total']} data-testid="clv-total">
        <strong>{formatAmount(total)}</strong>
        <span>expected from all customers in the next {months} months</span>
      </p>
      <dl className={classes['stats']}>
        <Stat
          value={formatAmount(mean)}
          label="a customer, on average"
          title="Predicted CLV of all customers divided by their number"
        />
        <Stat
          value={formatNumber(alive, 'percent')}
          label="likely still buying"
          title="The share of customers whose probability of still buying, P(alive), is above 50%"
        />
        <Stat
          value={formatCount(customers)}
          label="customers"
          title="Every customer with a purchase has a prediction"
        />
      </dl>
    </div>
  );
}

function Notes({ report, newer }: Pick<ClvHeadlineProps, 'report' | 'newer'>) {
  const notes = [
    ...(newer === null
      ? []
      : [
          `The predictions are as of ${formatDay(report.asOf)}; the workspace has data up to ${formatDay(newer)}. Fit again to bring them up to date.`,
        ]),
    ...report.warnings,
  ];
  if (notes.length === 0) return null;
  return (
    <ul className={classes['warnings']} data-testid="clv-warnings">
      {notes.map((words) => (
        <li key={words}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}

/** What all customers are expected to bring, what that means, and the fit behind it. */
export function ClvHeadline({ report, run, newer, connected, onFit, onCancel }: ClvHeadlineProps) {
  const { version, fittedAt, asOf } = report;
  return (
    <Card
      title="Predicted CLV"
      testId="clv-headline"
      busy={!isFree(run)}
      aside={
        <Button
          size="compact-sm"
          variant="default"
          disabled={!connected || !isFree(run)}
          leftSection={<IconRefresh size={14} aria-hidden="true" />}
          onClick={onFit}
        >
          Fit again
        </Button>
      }
    >
      {run.kind === 'free' || run.kind === 'done' ? null : (
        <div className={classes['run']}>
          <ClvRun run={run} connected={connected} onFit={onFit} onCancel={onCancel} />
        </div>
      )}
      <Numbers report={report} />
      <Notes report={report} newer={newer} />
      <div className={classes['definition']}>
        <p>
          <strong>Predicted CLV</strong> = {clvDefinition(report)}{' '}
          <strong>Likely still buying</strong> = P(alive) above 50%.
        </p>
        <p data-testid="clv-parameters">
          Fit {version}, made <span title={`${fittedAt} UTC`}>{formatDay(fittedAt)}</span>;
          predicted as of {formatDay(asOf)}. {parameterLine(report)}
        </p>
      </div>
    </Card>
  );
}
