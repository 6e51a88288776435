import type { ColumnTreatment, ShareReport } from '../../../pipeline/contract/notebook.ts';
import { formatBytes, plural } from '../../ui/format.ts';
import classes from './share.module.css';
import { columnKey, foundWords, treatmentOf, treatments, type SharePlan } from './share-plan.ts';

interface ShareTablesProps {
  readonly report: ShareReport;
  readonly plan: SharePlan;
  readonly onTreatment: (key: string, treatment: ColumnTreatment) => void;
  readonly onAggregated: (table: string, only: boolean) => void;
}

type Table = ShareReport['tables'][number];

function isTreatment(text: string): text is ColumnTreatment {
  return treatments.some(({ value }) => value === text);
}

function TableColumns(props: Omit<ShareTablesProps, 'report'> & { table: Table }) {
  const { table, plan, onTreatment, onAggregated } = props;
  const { name, rows, bytes, smallGroups } = table;
  return (
    <section className={classes['table']} aria-label={name}>
      <h4>
        <code>{name}</code>
        <small>
          {plural(rows, 'row')}, {formatBytes(bytes)}
        </small>
        {smallGroups === null || smallGroups === 0 ? null : (
          <small className={classes['warn']}>
            {plural(smallGroups, 'row')} for fewer than five people
          </small>
        )}
        <label title="Counts and means by what is not a number; no row of one person">
          <input
            type="checkbox"
            checked={plan.aggregated.includes(name)}
            onChange={(event) => onAggregated(name, event.currentTarget.checked)}
          />
          only groups leave
        </label>
      </h4>
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Type</th>
            <th scope="col">Found of persons</th>
            <th scope="col">What leaves</th>
          </tr>
        </thead>
        <tbody>
          {table.columns.map((column) => {
            const key = columnKey(table, column);
            const treatment = treatmentOf(plan, table, column);
            const personal = column.found.length > 0;
            return (
              <tr
                key={column.name}
                data-personal={personal}
                data-open={personal && treatment === 'keep'}
              >
                <th scope="row">{column.name}</th>
                <td>{column.type.toLowerCase()}</td>
                <td>{personal ? foundWords(column.found) : <span>nothing</span>}</td>
                <td>
                  <select
                    aria-label={`What leaves of ${key}`}
                    value={treatment}
                    onChange={(event) => {
                      const { value } = event.currentTarget;
                      if (isTreatment(value)) onTreatment(key, value);
                    }}
                  >
                    {treatments.map(({ value, label }) => (
                      <option key={value} value={value}>
                        {label}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Every table that would leave, column by column, and what is done to each. */
export function ShareTables({ report, ...props }: ShareTablesProps) {
  if (report.tables.length === 0) {
    return (
      <p className={classes['quiet']}>No table of the workspace would leave: no cell reads one.</p>
    );
  }
  return report.tables.map((table) => <TableColumns key={table.name} table={table} {...props} />);
}
