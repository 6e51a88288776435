import { memo } from 'react';
import type { FeatureInfo } from '../../../pipeline/contract/features.ts';
import type { SweptCluster, FeatureEffect } from '../../../pipeline/contract/segmentation.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { formatValue } from '../features/feature-values.ts';
import classes from './effects.module.css';
import { effectShade } from './effect-shade.ts';
import { labelled } from './labelled.ts';

interface EffectsTableProps {
  readonly clusters: readonly SweptCluster[];
  readonly features: readonly { readonly name: string; readonly label: string }[];
  readonly name: (label: number) => string;
  readonly unit: (feature: string) => FeatureInfo['unit'];
}

const signed = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: 'exceptZero',
});

function effectTitle(effect: FeatureEffect, unit: FeatureInfo['unit']): string {
  const mean = `mean ${formatValue(effect.mean, unit)}, median ${formatValue(effect.median, unit)}`;
  const rest = `all others ${formatValue(effect.restMean, unit)}`;
  const more =
    effect.superiority === null
      ? ''
      : `; a customer of it has more than another one in ${(effect.superiority * 100).toFixed(0)}% of pairs`;
  return `${effect.label}: ${mean}; ${rest}${more}`;
}

function EffectCell({ effect, unit }: { effect: FeatureEffect; unit: FeatureInfo['unit'] }) {
  const { cohensD, mean } = effect;
  return (
    <td style={{ background: effectShade(cohensD) }} title={effectTitle(effect, unit)}>
      <b>{cohensD === null ? '–' : signed.format(cohensD).replace('-', '\u2212')}</b>
      <small>{formatValue(mean, unit)}</small>
    </td>
  );
}

/** What sets each cluster apart: the effect of each feature as a heat map. */
export const EffectsTable = memo(function EffectsTable(props: EffectsTableProps) {
  const { clusters, features, name, unit } = props;
  return (
    <div
      className={classes['scroll']}
      tabIndex={0}
      role="region"
      aria-label="Effects of features by cluster"
    >
      <table className={classes['effects']} data-testid="effects">
        <thead>
          <tr>
            <th scope="col">Cluster</th>
            {features.map((feature) => (
              <th key={feature.name} scope="col" title={feature.name}>
                {feature.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labelled(clusters).map(({ cluster, label }) => (
            <tr key={label}>
              <th scope="row">
                <span className={classes['name']}>
                  <ClusterMark id={label} /> {name(label)}
                </span>
              </th>
              {features.map((feature) => {
                const effect = cluster.effects.find((found) => found.feature === feature.name);
                return effect === undefined ? (
                  <td key={feature.name}>–</td>
                ) : (
                  <EffectCell key={feature.name} effect={effect} unit={unit(feature.name)} />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});
