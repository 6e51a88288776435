import type { Cell, TablePage } from '../../../pipeline/contract/schemas.ts';
import { formatCount } from '../../ui/format.ts';
import { cellView, columnKind } from './column-kind.ts';
import classes from './tables.module.css';

function CellContent({ cell }: { cell: Cell }) {
  const view = cellView(cell);
  switch (view.kind) {
    case 'null':
      return <span className={classes['null']}>NULL</span>;
    case 'empty':
      return <span className={classes['null']}>empty text</span>;
    case 'value':
      return <>{view.text}</>;
  }
}

interface DataGridProps {
  readonly page: TablePage;
  readonly offset: number;
}

/** The rows of one page as they are, unrounded. */
export function DataGrid({ page, offset }: DataGridProps) {
  const kinds = page.columns.map((column) => columnKind(column.type));
  return (
    <table className={classes['grid']} aria-label={page.table}>
      <thead>
        <tr>
          <th scope="col" className={classes['number']}>
            #
          </th>
          {page.columns.map((column, index) => (
            <th key={column.name} scope="col" data-kind={kinds[index]}>
              {column.name}
              <small>{column.type.toLowerCase()}</small>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {page.rows.map((row, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- no key is common to every table
          <tr key={offset + at}>
            <th scope="row" className={classes['number']}>
              {formatCount(offset + at + 1)}
            </th>
            {row.map((cell, index) => (
              <td
                key={page.columns[index]?.name}
                data-kind={kinds[index]}
                title={typeof cell === 'string' && cell.length > 40 ? cell : undefined}
              >
                <CellContent cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
