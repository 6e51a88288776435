import type { ChartParameters } from '../../contract/notebook.ts';
import { stepCte } from './bin-sql.ts';
import {
  chartColumns,
  type ChartColumns,
  columnKind,
  quotedTable,
  type TableColumn,
} from './chart-columns.ts';
import {
  aggregateSql,
  axisSql,
  drawnCategories,
  drawnRows,
  numberSql,
  textSql,
} from './chart-sql.ts';
import { quotedName, quotedText } from '../../engine/sql-quoting.ts';
import { peopleCounts } from '../share/people-counts.ts';

interface Asked extends ChartColumns {
  readonly parameters: ChartParameters;
  readonly table: string;
  /** How many rows it has, where that is known. */
  readonly rows: number | null;
  readonly columns: readonly TableColumn[];
  /** What is made of fewer rows is left out. */
  readonly least: number;
}

/**
 * Whether what is made of a column, null for the rows themselves, may be seen: it is made of enough values. Rows that say
 * how many people they stand for were judged by that where their table was made, and their counts alone are new.
 */
function seen({ least, columns, parameters }: Asked, column: string | null): string {
  if (column === null) return `count(*) >= ${least}`;
  const judged = peopleCounts(columns).length > 0;
  return judged && parameters.aggregate !== 'count' ? 'true' : `count(${column}) >= ${least}`;
}

/** What is made of a column; NULL where that may not be seen. */
function valueSql(asked: Asked, column: string | null): string {
  const value = aggregateSql(asked.parameters.aggregate, column);
  return asked.least > 0 ? `case when ${seen(asked, column)} then ${value} end` : value;
}

function colourSql({ colour, parameters }: Asked): string {
  if (colour === null) return "''";
  const numeric = parameters.type === 'scatter' && columnKind(colour) === 'number';
  return numeric ? numberSql(colour) : textSql(colour);
}

/** A CTE with x and the colour as they are drawn, and y as it is. */
function pointsCte(asked: Asked): string {
  const values = asked.y.map(({ name }, i) => `, ${quotedName(name)} as v${i}`).join('');
  return `points as (select ${axisSql(asked.x)} as x, ${colourSql(asked)} as colour${values} from ${asked.table})`;
}

/**
 * Each row, or an even part of many, chosen by what stands in a row, so that it is the same part however the rows lie.
 */
function rowsQuery(asked: Asked): string {
  const { x, y, colour, table, rows } = asked;
  const used = [x, ...y, ...(colour === null ? [] : [colour])].map(({ name }) => quotedName(name));
  const columns = y.map((column, i) => `${numberSql(column)} as y${i}`);
  const order = columnKind(x) === 'category' ? 'y0 desc nulls last, x' : 'x, y0';
  if (rows !== null && rows <= drawnRows) {
    return `with picked as (select ${axisSql(x)} as x, ${colourSql(asked)} as colour, ${columns.join(', ')} from ${table})
select *, cast(${rows} as double) as total from picked where x is not null order by ${order}, colour`;
  }
  return `with total as (select count(*) as n, cast(ceil(count(*) / ${drawnRows}.0) as ubigint) as part from ${table}),
picked as (select ${axisSql(x)} as x, ${colourSql(asked)} as colour, ${columns.join(', ')} from ${table}
  where (select part from total) <= 1 or hash(${used.join(', ')}) % (select part from total) = 0)
select *, cast((select n from total) as double) as total from picked where x is not null
order by ${order}, colour limit ${drawnRows}`;
}

/** One row for each value of x and of the colour; of texts, those with the most that may be seen. */
function groupsQuery(asked: Asked): string {
  const { x, y } = asked;
  const columns = y.length === 0 ? [null] : y.map((_, i) => `v${i}`);
  const values = columns.map((column, i) => `${valueSql(asked, column)} as y${i}`).join(', ');
  const names = columns.map((_, i) => `y${i}`).join(', ');
  const groups = `with ${pointsCte(asked)},
groups as (select x, colour, ${values} from points where x is not null group by x, colour)`;
  // Also what it stands at would tell of the few.
  const some = asked.least > 0 ? ` where coalesce(${names}) is not null` : '';
  if (columnKind(x) !== 'category') {
    return `${groups}
select *, cast((select count(*) from groups) as double) as total from groups${some} order by x, colour limit ${drawnRows}`;
  }
  return `${groups},
sizes as (select x, sum(y0) as size, count(*) over () as total from groups group by x),
top as (select * from sizes order by size desc nulls last, x limit ${drawnCategories})
select x, colour, ${names}, cast(total as double) as total
from groups join top using (x)${some} order by size desc nulls last, x, colour`;
}

/** Rows of x by bin: the lower edge, the width and the count. */
function histogramQuery(asked: Asked): string {
  const { x, least } = asked;
  const counting: Asked = {
    ...asked,
    y: [],
    parameters: { ...asked.parameters, aggregate: 'count' },
  };
  if (columnKind(x) === 'category') return groupsQuery(counting);
  return `with ${pointsCte(counting)},
${stepCte('points', x)},
bins as (select floor(x / step) * step as x, colour, cast(count(*) as double) as y0, any_value(step) as width
  from points, step where x is not null group by 1, 2)
select *, cast((select count(*) from bins) as double) as total from bins where y0 >= ${least} order by 1, 2`;
}

/** Tukey's box of the numbers: quartiles, and the last value within 1.5 times their distance from them. */
function boxQuery(asked: Asked): string {
  const { x, y, table, least } = asked;
  const measured = y[0] ?? x;
  const place = y.length === 0 ? quotedText(x.name) : axisSql(x);
  const order = y.length > 0 && columnKind(x) !== 'category' ? 'x' : 'n desc, x';
  return `with points as (select ${place} as x, ${colourSql(asked)} as colour, ${numberSql(measured)} as y from ${table}),
quarters as (select x, colour, quantile_cont(y, [0.25, 0.5, 0.75]) as q, avg(y) as mean
  from points where y is not null and x is not null group by 1, 2),
boxes as (select x, colour, any_value(q) as q, any_value(mean) as mean, count(*) as n,
  min(y) filter (y >= q[1] - 1.5 * (q[3] - q[1])) as low,
  max(y) filter (y <= q[3] + 1.5 * (q[3] - q[1])) as high
  from points join quarters using (x, colour) where y is not null group by 1, 2)
select x, colour, q[1] as lower, q[2] as median, q[3] as upper, low, high, mean, cast(n as double) as n,
  cast((select count(*) from boxes) as double) as total from boxes where n >= ${least} order by ${order}, colour limit ${drawnCategories}`;
}

function heatmapQuery(asked: Asked): string {
  const { x, y, table } = asked;
  const [down = x, measured = null] = y;
  const value = measured === null ? '' : `, ${quotedName(measured.name)} as v`;
  const column = measured === null ? null : 'v';
  const some = asked.least > 0 ? ' where z is not null' : '';
  return `with points as (select ${axisSql(x)} as x, ${axisSql(down)} as y${value} from ${table}),
tiles as (select x, y, ${valueSql(asked, column)} as z
  from points where x is not null and y is not null group by x, y)
select * from tiles${some} order by z desc nulls last, x, y limit ${drawnRows}`;
}

export interface ChartQueryOptions {
  /** How many rows the table has, where that is known: of few rows each is drawn, and nothing is counted for it. */
  readonly rows?: number | null;
  /** What is made of fewer rows than this is left out: bars, bins, boxes, tiles and points of lines. */
  readonly least?: number;
}

/**
 * The query that puts together what a chart draws, so that a million rows become a few hundred; `columns` are those of
 * the table. Throws CELL_INVALID.
 */
export function chartQuery(
  parameters: ChartParameters,
  columns: readonly TableColumn[],
  { rows = null, least = 0 }: ChartQueryOptions = {},
): string {
  const found = chartColumns(parameters, columns);
  const asked: Asked = {
    ...found,
    parameters,
    table: quotedTable(parameters.data),
    rows,
    columns,
    least,
  };
  switch (parameters.type) {
    case 'histogram':
      return histogramQuery(asked);
    case 'box':
      return boxQuery(asked);
    case 'heatmap':
      return heatmapQuery(asked);
    case 'bar':
    case 'line':
    case 'area':
    case 'scatter':
      return parameters.aggregate === 'none' ? rowsQuery(asked) : groupsQuery(asked);
  }
}
