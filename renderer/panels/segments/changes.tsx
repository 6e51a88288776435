import { VisuallyHidden } from '@mantine/core';
import type {
  CustomerExplanation,
  SmallestChange,
} from '../../../pipeline/contract/segmentation.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { segmentColour } from '../../charts/palette.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { formatExact, formatValue } from '../features/feature-values.ts';
import classes from './changes.module.css';
import { listed } from './listed.ts';
import { unreachedSegments } from './unreached-segments.ts';
import type { FeatureWords } from './use-feature-words.ts';

interface ChangesProps {
  readonly explanation: CustomerExplanation;
  readonly unit: FeatureWords['unit'];
}

function ChangeCard({ change, unit }: { change: SmallestChange; unit: FeatureWords['unit'] }) {
  const { scheme } = useChartTheme();
  const { toId, toName, changes, distance, sentence } = change;
  return (
    <li className={classes['change']} style={{ borderLeftColor: segmentColour(toId, scheme) }}>
      <h4>
        <ClusterMark id={toId} />
        <span title={toName}>{toName}</span>
        <small title="How far the change is in the features as the model scales them">
          {distance.toFixed(2)} away
        </small>
      </h4>
      <dl>
        {changes.map(({ feature, label, from, to }) => (
          <div key={feature}>
            <dt title={feature}>{label}</dt>
            <dd>
              {formatValue(from, unit(feature))} <span aria-hidden="true">→</span>{' '}
              <VisuallyHidden>to </VisuallyHidden>
              <b>{formatExact(to, unit(feature))}</b>
            </dd>
          </div>
        ))}
      </dl>
      <p>{sentence}</p>
    </li>
  );
}

/** The least that would put a customer into each other segment, the nearest first. */
export function Changes({ explanation, unit }: ChangesProps) {
  const { changes } = explanation;
  const unreached = unreachedSegments(explanation);
  return (
    <section className={classes['section']} aria-label="The smallest change to each other segment">
      <h3>What would move them</h3>
      {changes.length === 0 ? null : (
        <ul className={classes['changes']} data-testid="changes">
          {changes.map((change) => (
            <ChangeCard key={change.toId} change={change} unit={unit} />
          ))}
        </ul>
      )}
      {unreached.length === 0 ? null : (
        <p className={classes['nothing']}>
          No change of what can change about a customer leads to {listed(unreached)}.
        </p>
      )}
    </section>
  );
}
