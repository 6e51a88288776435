import { type DataType, TimeUnit, Type, type Table, tableFromIPC } from '@uwdata/flechette';
import type { SqlValue } from '../engine.ts';
import { floorDivide, isoDate, isoTimestamp, plainDecimal, plainInteger } from '../plain-values.ts';

/** Every value as it is in Arrow: integers, decimals and instants as exact as they came. */
export const exactly = {
  useBigInt: true,
  useDecimalInt: true,
  useBigIntTimestamp: true,
} as const;

export const decodePieces = (pieces: Uint8Array[]): Table => tableFromIPC(pieces, exactly);

type Reader = (value: unknown) => SqlValue;

const asItIs: Reader = (value) => value as SqlValue;

/** A scaled integer with its decimal point. */
export function decimalText(scaled: bigint, scale: number): string {
  if (scale === 0) return String(scaled);
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const two = (value: bigint): string => String(value).padStart(2, '0');

/** HH:MM:SS with as many digits behind the point as it needs, as DuckDB writes it. */
function clockText(micros: bigint): string {
  const seconds = micros / 1_000_000n;
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  const fraction = String(micros % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return fraction === '' ? clock : `${clock}.${fraction}`;
}

const counted = (count: number, unit: string): string =>
  count === 0 ? '' : `${count} ${unit}${Math.abs(count) === 1 ? '' : 's'}`;

/** An INTERVAL as DuckDB writes it: 1 year 2 months 3 days 04:05:06. */
function intervalText([months = 0, days = 0, nanos = 0]: ArrayLike<number> &
  Iterable<number>): string {
  const micros = BigInt(Math.trunc(nanos / 1000));
  const clock = micros < 0n ? `-${clockText(-micros)}` : clockText(micros);
  const parts = [
    counted(Math.trunc(months / 12), 'year'),
    counted(months % 12, 'month'),
    counted(days, 'day'),
    micros === 0n ? '' : clock,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '00:00:00' : parts.join(' ');
}

function timestampReader(unit: number): Reader {
  switch (unit) {
    case TimeUnit.SECOND:
      return (value) => isoTimestamp((value as bigint) * 1_000_000n);
    case TimeUnit.MILLISECOND:
      return (value) => isoTimestamp((value as bigint) * 1000n);
    case TimeUnit.NANOSECOND:
      return (value) => isoTimestamp(floorDivide(value as bigint, 1000n));
    default:
      return (value) => isoTimestamp(value as bigint);
  }
}

/** HUGEINT and DECIMAL(38,0) look alike in Arrow; sums of integers, which are HUGEINT, are what people meet. */
function decimalReader(scale: number): Reader {
  if (scale === 0) return (value) => plainInteger(value as bigint);
  return (value) => plainDecimal(value as bigint, decimalText(value as bigint, scale));
}

function structReader(children: readonly { name: string; type: DataType }[]): Reader {
  const readers = children.map(({ name, type }) => ({ name, read: readerOf(type) }));
  return (value) => {
    const fields = value as Record<string, unknown>;
    return Object.fromEntries(readers.map(({ name, read }) => [name, read(fields[name])]));
  };
}

function listReader(item: DataType | undefined): Reader {
  const read = item === undefined ? asItIs : readerOf(item);
  return (value) => Array.from(value as Iterable<unknown>, read);
}

function mapReader(entry: DataType | undefined): Reader {
  const [key, item] = (entry as { children?: { type: DataType }[] } | undefined)?.children ?? [];
  const readKey = key === undefined ? asItIs : readerOf(key.type);
  const readItem = item === undefined ? asItIs : readerOf(item.type);
  return (value) =>
    Array.from(value as Iterable<[unknown, unknown]>, ([one, other]) => [
      readKey(one),
      readItem(other),
    ]);
}

function timeReader(unit: number): Reader {
  if (unit === TimeUnit.NANOSECOND) return (value) => clockText((value as bigint) / 1000n);
  return (value) => clockText(value as bigint);
}

function nestedReader(type: DataType): Reader {
  if (type.typeId === Type.List || type.typeId === Type.FixedSizeList) {
    return listReader(type.children[0]?.type);
  }
  if (type.typeId === Type.Struct) return structReader(type.children);
  if (type.typeId === Type.Map) return mapReader(type.children[0]?.type);
  if (type.typeId === Type.Dictionary) return readerOf(type.dictionary);
  return asItIs;
}

function typedReader(type: DataType): Reader {
  if (type.typeId === Type.Int && type.bitWidth === 64) {
    return (value) => plainInteger(value as bigint);
  }
  if (type.typeId === Type.Decimal) return decimalReader(type.scale);
  if (type.typeId === Type.Date) return (value) => isoDate(BigInt(value as number));
  if (type.typeId === Type.Timestamp) return timestampReader(type.unit);
  if (type.typeId === Type.Time) return timeReader(type.unit);
  if (type.typeId === Type.Interval) return (value) => intervalText(value as Float64Array);
  return nestedReader(type);
}

/** How JavaScript sees the values of an Arrow type, the same as those of the native driver. */
export function readerOf(type: DataType): Reader {
  const read = typedReader(type);
  return (value) => (value === null || value === undefined ? null : read(value));
}
