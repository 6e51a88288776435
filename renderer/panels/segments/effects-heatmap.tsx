import { memo } from 'react';
import type { FeatureEffect, ModelReport } from '../../../pipeline/contract/segmentation.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { formatValue, none } from '../features/feature-values.ts';
import { effectShade } from '../tuning/effect-shade.ts';
import classes from './effects-heatmap.module.css';
import { signedNumber } from './signed-number.ts';
import type { FeatureWords } from './use-feature-words.ts';

interface EffectsHeatmapProps {
  readonly segments: ModelReport['segments'];
  readonly unit: FeatureWords['unit'];
}

type Told = (value: number) => string;

function effectTitle(effect: FeatureEffect, name: string, told: Told): string {
  const { label, mean, median, restMean, superiority } = effect;
  const values = `${label} of ${name}: mean ${told(mean)}, median ${told(median)}; all others: mean ${told(restMean)}.`;
  if (superiority === null) return values;
  const pairs = `${(superiority * 100).toFixed(0)}%`;
  return `${values} One of ${name} has more than one of the others in ${pairs} of all pairs.`;
}

interface CellProps {
  readonly effect: FeatureEffect | undefined;
  readonly name: string;
  readonly told: Told;
}

function EffectCell({ effect, name, told }: CellProps) {
  if (effect === undefined) return <td>{none}</td>;
  const { cohensD, mean } = effect;
  return (
    <td style={{ background: effectShade(cohensD) }} title={effectTitle(effect, name, told)}>
      <b>{signedNumber(cohensD)}</b>
      <small>{told(mean)}</small>
    </td>
  );
}

/** The shades by what they stand for. */
function Legend() {
  return (
    <p className={classes['legend']} aria-hidden="true">
      {[-2, -1, 0, 1, 2].map((effect) => (
        <span key={effect} style={{ background: effectShade(effect) }}>
          {signedNumber(effect).slice(0, -3)}
        </span>
      ))}
    </p>
  );
}

/** By how much each feature sets each segment apart. */
export const EffectsHeatmap = memo(function EffectsHeatmap(props: EffectsHeatmapProps) {
  const { segments, unit } = props;
  const features = segments[0]?.effects ?? [];
  return (
    <>
      <div
        className={classes['scroll']}
        tabIndex={0}
        role="region"
        aria-label="Effect of each feature by segment"
      >
        <table className={classes['heatmap']} data-testid="segment-effects">
          <thead>
            <tr>
              <th scope="col">Feature</th>
              {segments.map(({ segmentId, segmentName }) => (
                <th key={segmentId} scope="col" title={segmentName}>
                  <span>
                    <ClusterMark id={segmentId} />
                    <span>{segmentName}</span>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {features.map(({ feature, label }) => (
              <tr key={feature}>
                <th scope="row" title={feature}>
                  {label}
                </th>
                {segments.map(({ segmentId, segmentName, effects }) => (
                  <EffectCell
                    key={segmentId}
                    effect={effects.find((found) => found.feature === feature)}
                    name={segmentName}
                    told={(value) => formatValue(value, unit(feature))}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes['note']}>
        <p>
          Each cell has Cohen’s <i>d</i> and the mean: by how many pooled standard deviations the
          segment lies above (blue) or below (orange) all other customers. 0.2 is small, 0.8 large.
        </p>
        <Legend />
      </div>
    </>
  );
});
