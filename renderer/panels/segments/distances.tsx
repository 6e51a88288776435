import type { CustomerExplanation } from '../../../pipeline/contract/segmentation.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { segmentColour } from '../../charts/palette.ts';
import { useChartTheme } from '../../charts/use-chart-theme.ts';
import classes from './distances.module.css';

/** How far a customer is from the centre of each segment; the nearest is their own. */
export function Distances({ explanation }: { explanation: CustomerExplanation }) {
  const { scheme } = useChartTheme();
  const { distances, segmentId } = explanation;
  const farthest = Math.max(...distances.map(({ distance }) => distance), 1e-9);
  return (
    <div>
      <table className={classes['distances']} data-testid="distances">
        <thead>
          <tr>
            <th scope="col">Segment</th>
            <th scope="col" colSpan={2}>
              Distance
            </th>
          </tr>
        </thead>
        <tbody>
          {distances.map(({ segmentId: id, segmentName, distance }) => (
            <tr key={id} data-own={id === segmentId}>
              <th scope="row">
                <ClusterMark id={id} />
                <span title={segmentName}>{segmentName}</span>
              </th>
              <td className={classes['bar']} aria-hidden="true">
                <i
                  style={{
                    width: `${(100 * distance) / farthest}%`,
                    background: segmentColour(id, scheme),
                  }}
                />
              </td>
              <td>{distance.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes['note']}>
        From the customer to the centre of each segment, in the features as the model scales them.
        The nearest is the customer’s own.
      </p>
    </div>
  );
}
