import type { ClusterStability, SweptCluster } from '../../../pipeline/contract/segmentation.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { segmentColour } from '../../charts/palette.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import { formatCount, formatNumber } from '../../ui/format.ts';
import classes from './clusters.module.css';
import { labelled } from './labelled.ts';
import {
  dissolvedWords,
  stabilityDefinition,
  stabilityGrade,
  stabilityText,
} from './stability-words.ts';

interface ClusterListProps {
  readonly id: string;
  readonly clusters: readonly SweptCluster[];
  readonly name: (label: number) => string;
  readonly pinned: number | null;
  readonly onPin: (label: number | null) => void;
  readonly onPoint: (label: number | null) => void;
}

interface RowProps extends Omit<ClusterListProps, 'id' | 'clusters' | 'name'> {
  readonly cluster: SweptCluster;
  readonly label: number;
  readonly name: string;
  /** The share of the largest, whose bar is full. */
  readonly largest: number;
  readonly withStability: boolean;
}

function Stability({ value }: { value: ClusterStability | null }) {
  if (value === null) return <td>–</td>;
  const grade = stabilityGrade(value);
  return (
    <td className={classes['stability']} data-grade={grade}>
      {stabilityText(value)}
      <small>{grade}</small>
    </td>
  );
}

function Row(props: RowProps) {
  const { cluster, label, name, largest, withStability, pinned, onPin, onPoint } = props;
  const { scheme } = useChartTheme();
  const { customers, share, silhouette, stability } = cluster;
  return (
    <tbody
      data-pinned={pinned === label}
      onPointerEnter={() => onPoint(label)}
      onPointerLeave={() => onPoint(null)}
    >
      <tr>
        <th scope="row">
          <button
            type="button"
            aria-pressed={pinned === label}
            title={`Make the customers of ${name} stand out`}
            onClick={() => onPin(pinned === label ? null : label)}
          >
            <ClusterMark id={label} />
            <span>{name}</span>
          </button>
        </th>
        <td>{formatCount(customers)}</td>
        <td className={classes['size']}>
          <span className={classes['barTrack']} aria-hidden="true">
            <i
              style={{
                width: `${(100 * share) / Math.max(largest, 1e-9)}%`,
                background: segmentColour(label, scheme),
              }}
            />
          </span>
          <span>{formatNumber(share, 'percent')}</span>
        </td>
        <td>{silhouette === null ? '–' : silhouette.toFixed(2).replace('-', '\u2212')}</td>
        {withStability ? <Stability value={stability} /> : null}
      </tr>
      <tr>
        <td colSpan={withStability ? 5 : 4} className={classes['sentence']}>
          {cluster.sentence}
          {withStability ? ` ${dissolvedWords(stability)}.` : null}
        </td>
      </tr>
    </tbody>
  );
}

/** The clusters of one k with their sizes; pointing at one, or pressing its name, makes its customers stand out. */
export function ClusterList({ id, clusters, name, ...pointing }: ClusterListProps) {
  const largest = Math.max(...clusters.map(({ share }) => share));
  const withStability = clusters.some(({ stability }) => stability !== null);
  return (
    // Reached by the keyboard because its buttons are; 50 clusters scroll.
    <div className={classes['list']}>
      <table id={id} data-testid="cluster-list" data-stability={withStability}>
        <caption>Clusters by falling mean monetary value</caption>
        <thead>
          <tr>
            <th scope="col">Cluster</th>
            <th scope="col">Customers</th>
            <th scope="col">Share</th>
            <th
              scope="col"
              title="Mean silhouette of its customers: how much nearer they are to their own cluster than to the next, from −1 to 1"
            >
              Silhouette
            </th>
            {withStability ? (
              <th scope="col" title={stabilityDefinition}>
                Stability
              </th>
            ) : null}
          </tr>
        </thead>
        {labelled(clusters).map(({ cluster, label }) => (
          <Row
            key={label}
            cluster={cluster}
            label={label}
            name={name(label)}
            largest={largest}
            withStability={withStability}
            {...pointing}
          />
        ))}
      </table>
    </div>
  );
}
