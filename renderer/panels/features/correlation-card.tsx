import { useComputedColorScheme } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { memo, useId } from 'react';
import type { FeatureReport } from '../../../pipeline/contract/features.ts';
import { CorrelationMatrix } from '../../charts/correlation-matrix.tsx';
import { Card } from '../../ui/card.tsx';
import { QuietState } from '../../ui/quiet-state.tsx';
import { ValuesTable } from '../../ui/values-table.tsx';
import classes from './correlation.module.css';
import { strongestPairs, type Pair } from './correlation-pairs.ts';
import { formatPlain } from './feature-values.ts';

interface CorrelationCardProps {
  readonly report: FeatureReport;
  readonly marked: ReadonlySet<string>;
}

const shown = 6;

function Strongest({ pairs }: { pairs: readonly Pair[] }) {
  return (
    <div className={classes['pairs']}>
      <h3>Strongest</h3>
      <ul>
        {pairs.slice(0, shown).map(({ one, other, value }) => (
          <li key={`${one} ${other}`}>
            <span>
              {one} <i>and</i> {other}
            </span>
            <b>{formatPlain(value)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Alone() {
  return (
    <Card title="Correlation">
      <QuietState icon={<IconGridDots size={26} />} title="One feature alone" height={140}>
        Choose a second feature to see whether the two say the same.
      </QuietState>
    </Card>
  );
}

/** Which features rise and fall together, before anything is done to them. */
export const CorrelationCard = memo(function CorrelationCard(props: CorrelationCardProps) {
  const { report, marked } = props;
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const values = useId();
  const { columns, correlation } = report;
  if (columns.length < 2) return <Alone />;
  const labels = columns.map(({ label }) => label);
  const pairs = strongestPairs(labels, correlation);
  const rows = pairs.map(({ one, other, value }) => [`${one} and ${other}`, formatPlain(value)]);
  const stand = new Set(columns.flatMap(({ name }, at) => (marked.has(name) ? [at] : [])));
  return (
    <Card title="Correlation" testId="feature-correlation">
      <div className={classes['sides']}>
        {/* A region that scrolls must be reachable by keyboard. */}
        <div
          className={classes['scroll']}
          tabIndex={0}
          role="region"
          aria-label="Correlation matrix"
        >
          <CorrelationMatrix
            labels={labels}
            values={correlation}
            marked={stand}
            scheme={scheme}
            format={formatPlain}
            label={`Rank correlations of ${labels.length} features`}
            describedBy={values}
          />
        </div>
        <Strongest pairs={pairs} />
      </div>
      <ValuesTable
        id={values}
        caption="Rank correlations, the strongest first"
        columns={['Features', 'Correlation']}
        rows={rows}
      />
      <div className={classes['note']}>
        <p>
          Spearman’s rank correlation of the values as they are: 1 where two features rise together,
          {'\u2212'}1 where one falls as the other rises, 0 where neither tells of the other. A
          dash: one of the two is constant. Findings judge another one: Pearson’s, of the values as
          they are treated.
        </p>
      </div>
    </Card>
  );
});
