import { ClusterMark } from '../../charts/cluster-mark.tsx';
import { formatCount, formatNumber } from '../../ui/format.ts';
import classes from './compare.module.css';

interface End {
  readonly id: number | null;
  readonly name: string;
}

interface CrosstabTableProps {
  readonly caption: string;
  readonly rows: readonly End[];
  readonly columns: readonly End[];
  readonly cells: readonly (readonly number[])[];
}

function Cell({ customers, total }: { customers: number; total: number }) {
  const share = total === 0 ? 0 : customers / total;
  return (
    <td
      data-none={customers === 0}
      style={{
        background: customers === 0 ? 'none' : `rgba(30, 136, 229, ${0.04 + 0.36 * share})`,
      }}
      title={`${formatNumber(share, 'percent')} of the row`}
    >
      {customers === 0 ? '·' : formatCount(customers)}
    </td>
  );
}

/** Customers by where they are in two segmentations, shaded by their share of the row. */
export function CrosstabTable({ caption, rows, columns, cells }: CrosstabTableProps) {
  return (
    <div className={classes['crosstab']} tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column.id} scope="col">
                <ClusterMark id={column.id} />
                <span>{column.name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const own = cells[at] ?? [];
            const total = own.reduce((sum, customers) => sum + customers, 0);
            return (
              <tr key={row.id}>
                <th scope="row">
                  <ClusterMark id={row.id} />
                  <span>{row.name}</span>
                </th>
                {columns.map((column, to) => (
                  <Cell key={column.id} customers={own[to] ?? 0} total={total} />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
