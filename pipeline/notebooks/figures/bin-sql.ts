import { columnKind, isWhole, type TableColumn } from './chart-columns.ts';

const bins = 30;

const second = 1000;
const day = 86_400_000;

/** Widths of bins of time in milliseconds, those of days and more as people count them. */
const spans = [
  1,
  10,
  100,
  second,
  10 * second,
  60 * second,
  600 * second,
  3600 * second,
  6 * 3600 * second,
  day,
  7 * day,
  30 * day,
  365 * day,
  3650 * day,
] as const;

function stepSql(column: TableColumn): string {
  if (columnKind(column) === 'time') {
    const steps = spans.map((span) => `when raw <= ${span} then ${span}`);
    return `case ${steps.join(' ')} else ${36_500 * day} end`;
  }
  const nice = `pow(10, floor(log10(raw))) * case
    when raw / pow(10, floor(log10(raw))) <= 1 then 1
    when raw / pow(10, floor(log10(raw))) <= 2 then 2
    when raw / pow(10, floor(log10(raw))) <= 5 then 5 else 10 end`;
  return isWhole(column) ? `greatest(1, ${nice})` : nice;
}

/**
 * A CTE `step` with the width of about 30 bins of the column `x` of `source`: 1, 2 or 5 times a power of ten. Values of
 * one size have bins of their own width.
 */
export function stepCte(source: string, column: TableColumn): string {
  return `spread as (select (max(x) - min(x)) / ${bins} as raw from ${source}),
step as (select cast(case when raw > 0 then ${stepSql(column)} else 1 end as double) as step from spread)`;
}
