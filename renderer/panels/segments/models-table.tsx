import { Radio } from '@mantine/core';
import type { ModelInfo } from '../../../pipeline/contract/segmentation.ts';
import { formatCount, formatDay } from '../../ui/format.ts';
import classes from './models-panel.module.css';

interface ModelsTableProps {
  readonly models: readonly ModelInfo[];
  /** Null where there are not two to choose. */
  readonly compared: { readonly from: number; readonly to: number } | null;
  readonly label: (feature: string) => string;
  readonly onPick: (compared: { readonly from: number; readonly to: number }) => void;
}

const inertiaMeaning =
  'Sum of squared distances to the segments’ centres; only models of the same features, treated alike, can be compared by it';
const silhouetteMeaning =
  'Mean silhouette at training: how much nearer customers are to their own segment than to the next one, from −1 to 1';

interface PickProps {
  readonly side: 'from' | 'to';
  readonly version: number;
  readonly compared: { readonly from: number; readonly to: number };
  readonly onPick: ModelsTableProps['onPick'];
}

/** Choosing what the other side has swaps the two. */
function Pick({ side, version, compared, onPick }: PickProps) {
  const other = side === 'from' ? 'to' : 'from';
  return (
    <td className={classes['pick']}>
      <Radio
        size="xs"
        name={`compare-${side}`}
        aria-label={`Compare ${side} model ${version}`}
        checked={compared[side] === version}
        onChange={() => {
          const left = compared[other] === version ? compared[side] : compared[other];
          onPick(side === 'from' ? { from: version, to: left } : { from: left, to: version });
        }}
      />
    </td>
  );
}

function ModelRow({ model, compared, label, onPick }: ModelRowProps) {
  const { version, silhouette, features } = model;
  const names = features.map(label).join(', ');
  return (
    <tr>
      {compared === null ? null : (
        <>
          <Pick side="from" version={version} compared={compared} onPick={onPick} />
          <Pick side="to" version={version} compared={compared} onPick={onPick} />
        </>
      )}
      <th scope="row">
        Model {version}
        {model.current ? <span className={classes['current']}>in use</span> : null}
      </th>
      <td className={classes['words']} title={`${model.trainedAt} UTC`}>
        {formatDay(model.trainedAt)}
      </td>
      <td className={classes['words']}>{formatDay(model.asOf)}</td>
      <td>{model.k}</td>
      <td>{formatCount(model.customers)}</td>
      <td>{silhouette === null ? '–' : silhouette.toFixed(3).replace('-', '\u2212')}</td>
      <td>{formatCount(model.inertia)}</td>
      <td className={classes['features']} title={names}>
        {names}
      </td>
    </tr>
  );
}

type ModelRowProps = Omit<ModelsTableProps, 'models'> & { readonly model: ModelInfo };

/** Every model that was trained, the newest first. */
export function ModelsTable({ models, compared, ...props }: ModelsTableProps) {
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label="Trained models">
      <table className={classes['models']} data-testid="models">
        <thead>
          <tr>
            {compared === null ? null : (
              <>
                <th scope="col">From</th>
                <th scope="col">To</th>
              </>
            )}
            <th scope="col" className={classes['words']}>
              Version
            </th>
            <th scope="col" className={classes['words']}>
              Trained
            </th>
            <th scope="col" className={classes['words']}>
              As of
            </th>
            <th scope="col">Segments</th>
            <th scope="col">Customers</th>
            <th scope="col" title={silhouetteMeaning}>
              Silhouette
            </th>
            <th scope="col" title={inertiaMeaning}>
              Inertia
            </th>
            <th scope="col" className={classes['words']}>
              Features
            </th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow key={model.version} model={model} compared={compared} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
