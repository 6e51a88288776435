import type { CustomerExplanation } from '../../../pipeline/contract/segmentation.ts';
import { divergingBars, type DivergingBar } from '../../charts/diverging-bars.ts';
import { segmentColour } from '../../charts/palette.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { formatValue } from '../features/feature-values.ts';
import classes from './contributions.module.css';
import { signedNumber } from './signed-number.ts';
import type { FeatureWords } from './use-feature-words.ts';

interface ContributionsProps {
  readonly explanation: CustomerExplanation;
  readonly unit: FeatureWords['unit'];
}

type Feature = CustomerExplanation['features'][number];

interface RowProps {
  readonly feature: Feature;
  readonly bar: DivergingBar | null;
  readonly zero: number;
  readonly colour: string;
  readonly unit: FeatureWords['unit'];
}

function Row({ feature, bar, zero, colour, unit }: RowProps) {
  const told = (value: number | null): string => formatValue(value, unit(feature.feature));
  return (
    <tr>
      <th scope="row" title={feature.feature}>
        {feature.label}
      </th>
      <td className={classes['bar']} aria-hidden="true">
        <div>
          {bar === null ? null : (
            <i style={{ left: `${bar.start}%`, width: `${bar.width}%`, background: colour }} />
          )}
          <em style={{ left: `${zero}%` }} />
        </div>
      </td>
      <td>{signedNumber(feature.inFavour)}</td>
      <td className={classes['value']}>
        {told(feature.value)}
        {feature.imputed ? (
          <abbr title="This customer has no value here; the model takes this one in its place">
            {' '}
            filled in
          </abbr>
        ) : null}
      </td>
      <td>{told(feature.segmentCentre)}</td>
      {feature.otherCentre === null ? null : <td>{told(feature.otherCentre)}</td>}
    </tr>
  );
}

/** What each feature adds for the own segment, or for the nearest other, and the values that it goes by. */
export function Contributions({ explanation, unit }: ContributionsProps) {
  const { scheme } = useChartTheme();
  const { segmentId, segmentName, nearestOther, distances } = explanation;
  const otherId = distances.find((found) => found.segmentName === nearestOther)?.segmentId ?? null;
  const features = [...explanation.features].sort((a, b) => (b.inFavour ?? 0) - (a.inFavour ?? 0));
  const { zero, bars } = divergingBars(features.map(({ inFavour }) => inFavour));
  const total = features.reduce((sum, { inFavour }) => sum + (inFavour ?? 0), 0);
  return (
    <div
      className={classes['scroll']}
      tabIndex={0}
      role="region"
      aria-label="What each feature adds"
    >
      <table className={classes['contributions']} data-testid="contributions">
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <td className={classes['sides']} aria-hidden="true">
              {nearestOther === null ? null : (
                <div>
                  <span>{nearestOther}</span>
                  <span>{segmentName}</span>
                </div>
              )}
            </td>
            <th
              scope="col"
              title="By how much it speaks for the segment: the squared distance to the other centre less that to the own"
            >
              Adds
            </th>
            <th scope="col">Customer</th>
            <th scope="col">{segmentName}</th>
            {nearestOther === null ? null : <th scope="col">{nearestOther}</th>}
          </tr>
        </thead>
        <tbody>
          {features.map((feature, at) => (
            <Row
              key={feature.feature}
              feature={feature}
              bar={bars[at] ?? null}
              zero={zero}
              colour={segmentColour((feature.inFavour ?? 0) < 0 ? otherId : segmentId, scheme)}
              unit={unit}
            />
          ))}
        </tbody>
      </table>
      <p className={classes['note']}>
        {nearestOther === null
          ? 'There is no other segment to compare with.'
          : `To the right speaks for ${segmentName}, to the left for ${nearestOther}: the squared distance to the centre of ${nearestOther} less that to the centre of ${segmentName}, feature by feature. Together ${signedNumber(total)}; below 0 it would be ${nearestOther}.`}
      </p>
    </div>
  );
}
