import { columnKind } from '../../panels/tables/column-kind.ts';
import { writeParameters } from './panel-parameters.ts';

interface Column {
  readonly name: string;
  readonly type: string;
}

/** A chart that draws something of a table at once: its first number by its first text, or how many rows there are of each. */
export function chartStart(table: string, columns: readonly Column[]): string {
  const x = columns.find(({ type }) => columnKind(type) === 'text') ?? columns[0];
  const y = columns.find((column) => column !== x && columnKind(column.type) === 'number');
  const parameters = {
    data: table,
    type: 'bar',
    x: x?.name ?? '',
    y: y === undefined ? [] : [y.name],
    aggregate: y === undefined ? 'count' : 'sum',
    colour: null,
    title: null,
  };
  return `%%strata chart\n${writeParameters(parameters)}`;
}
