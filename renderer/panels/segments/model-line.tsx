import type { ModelReport } from '../../../pipeline/contract/segmentation.ts';
import { formatCount, formatDay, plural } from '../../ui/format.ts';
import { recipeLine } from '../tuning/recipe-line.ts';
import classes from './model-panel.module.css';

interface ModelLineProps {
  readonly model: ModelReport;
  readonly label: (feature: string) => string;
}

/** What the model was made of: enough to make it again. */
export function ModelLine({ model, label }: ModelLineProps) {
  const { options, fingerprint, customers } = model;
  const recipe = recipeLine(options, label);
  return (
    <p className={classes['line']} data-testid="model-line">
      <b>Model {model.version}</b>, trained{' '}
      <span title={`${model.trainedAt} UTC`}>{formatDay(model.trainedAt)}</span> on{' '}
      {plural(customers, 'customer')} as of {formatDay(model.asOf)}. K-Means, k = {options.k}, seed{' '}
      {options.seed}, {plural(options.restarts, 'restart')}. {recipe.features}: {recipe.treatment}
      {recipe.own.length === 0 ? '' : `; ${recipe.own.join('; ')}`}.
      {fingerprint === null ? null : (
        <>
          {' '}
          <span title="The same fingerprint means the same values of the same customers in the same features">
            Data fingerprint <code>{fingerprint}</code>.
          </span>
        </>
      )}{' '}
      <span title="The sum of squared distances from each customer to the centre of the segment; only models of the same features can be compared by it">
        Inertia {formatCount(model.inertia)}
      </span>
      {model.silhouette === null ? '' : `, silhouette ${model.silhouette.toFixed(3)} at training`}.
      {model.silhouetteRows > 0 && model.silhouetteRows < customers
        ? ` Silhouettes of segments are from a sample of ${plural(model.silhouetteRows, 'customer')}.`
        : ''}
    </p>
  );
}
