import { type Column, type DataType, type Table, Type } from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import type { NumericResult } from '../engine.ts';
import { decimalText } from './arrow-values.ts';
import { uniqueNames } from './column-names.ts';

const NUMERIC: ReadonlySet<number> = new Set([
  Type.Null,
  Type.Bool,
  Type.Int,
  Type.Float,
  Type.Decimal,
]);

/** Powers of ten up to here are exact, so that a division by one is rounded once only. */
const EXACT_SCALE = 22;

function decimalNumber(scaled: bigint, scale: number): number {
  const near = Number(scaled);
  return Number.isSafeInteger(near) && scale <= EXACT_SCALE
    ? near / 10 ** scale
    : Number(decimalText(scaled, scale));
}

function toNumber(type: DataType): (value: unknown) => number {
  if (type.typeId === Type.Decimal) {
    return (value) => decimalNumber(value as bigint, type.scale);
  }
  return Number;
}

function numbersOf(column: Column<unknown>, rows: number): Float64Array {
  const values = new Float64Array(rows);
  const read = toNumber(column.type);
  let start = 0;
  for (const batch of column.data) {
    const isPlain = batch.nullCount === 0 && batch.type.typeId === Type.Float;
    if (isPlain && batch.values instanceof Float64Array) {
      values.set(batch.values.subarray(0, batch.length), start);
    } else {
      for (let i = 0; i < batch.length; i++) {
        const value = batch.at(i);
        values[start + i] = value === null ? Number.NaN : read(value);
      }
    }
    start += batch.length;
  }
  return values;
}

/** The columns of a result as doubles, NULL as NaN. Throws FEATURE_UNUSABLE for one that holds no numbers. */
export function numericColumns(table: Table): NumericResult {
  const { fields } = table.schema;
  const names = uniqueNames(fields.map(({ name }) => name));
  const text = fields.findIndex(({ type }) => !NUMERIC.has(type.typeId));
  if (text >= 0) {
    const details = { feature: names[text] ?? '', problem: 'it holds no numbers' };
    throw new AppError('FEATURE_UNUSABLE', details);
  }
  const columns = table.children.map((column, i) => [
    names[i] ?? '',
    numbersOf(column as Column<unknown>, table.numRows),
  ]);
  return { rows: table.numRows, columns: Object.fromEntries(columns) as NumericResult['columns'] };
}
