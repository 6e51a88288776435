import type { KpiSplit } from '../../../pipeline/contract/schemas.ts';
import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { effectShade } from '../tuning/effect-shade.ts';
import { termNames, termTitles } from './change-words.ts';
import classes from './kpi-change.module.css';

interface ChangeTableProps {
  readonly split: KpiSplit;
  readonly show: (value: number) => string;
}

/** A part of 0 has no shade, the largest of all the strongest. */
function shadeOf(value: number, largest: number): string {
  return largest === 0 ? 'transparent' : effectShade((2 * value) / largest);
}

/** What each segment adds to each term. */
export function ChangeTable({ split, show }: ChangeTableProps) {
  const { segments } = split;
  const sums = segments.map(({ mix, rate, migration }) => mix + rate + migration);
  const largest = Math.max(
    ...segments.flatMap((segment) => termNames.map((term) => Math.abs(segment[term]))),
  );
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label="Change by segment">
      <table className={classes['parts']} data-testid="kpi-change-segments">
        <thead>
          <tr>
            <th scope="col">Segment</th>
            {termNames.map((term) => (
              <th key={term} scope="col">
                {termTitles[term]}
              </th>
            ))}
            <th scope="col">Together</th>
          </tr>
        </thead>
        <tbody>
          {segments.map((segment, row) => (
            <tr key={segment.segmentId}>
              <th scope="row" title={segment.segmentName}>
                <span>
                  <ClusterMark id={segment.segmentId} />
                  <span>{segment.segmentName}</span>
                </span>
              </th>
              {termNames.map((term) => (
                <td key={term} style={{ background: shadeOf(segment[term], largest) }}>
                  {show(segment[term])}
                </td>
              ))}
              <td>{show(sums[row] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All segments</th>
            {termNames.map((term) => (
              <td key={term}>{show(split[term])}</td>
            ))}
            <td>{show(split.change)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
