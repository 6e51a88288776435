import { type tableFromIPC, Type } from '@uwdata/flechette';

export type ArrowType = ReturnType<typeof tableFromIPC>['schema']['fields'][number]['type'];

/** Ticks of a unit, second to nanosecond, in a second. */
const ticks = [1n, 1000n, 1_000_000n, 1_000_000_000n] as const;

/** What a Date can hold, before and after 1970, in seconds. */
const lastSecond = 8_640_000_000_000n;

function unitOf(type: ArrowType): bigint {
  return ticks['unit' in type ? type.unit : 2] ?? 1_000_000n;
}

/** Seconds below the point as far as they are not 0. */
function fraction(rest: bigint, unit: bigint): string {
  return rest === 0n
    ? ''
    : `.${rest
        .toString()
        .padStart(String(unit).length - 1, '0')
        .replace(/0+$/, '')}`;
}

function timestampText(value: bigint, unit: bigint): string {
  const rest = ((value % unit) + unit) % unit;
  const seconds = (value - rest) / unit;
  // DuckDB's infinity is the largest and the smallest BIGINT.
  if (seconds > lastSecond) return 'infinity';
  if (seconds < -lastSecond) return '-infinity';
  const text = new Date(Number(seconds) * 1000).toISOString();
  return `${text.replace('T', ' ').replace('.000Z', '')}${fraction(rest, unit)}`;
}

function dayText(milliseconds: number): string {
  if (Math.abs(milliseconds) > Number(lastSecond) * 1000) {
    return milliseconds > 0 ? 'infinity' : '-infinity';
  }
  return new Date(milliseconds).toISOString().replace(/T.*/, '');
}

function timeText(value: bigint, unit: bigint): string {
  const rest = value % unit;
  const seconds = Number((value - rest) / unit);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}${fraction(rest, unit)}`;
}

function decimalText(value: bigint, scale: number): string {
  if (scale <= 0) return (value * 10n ** BigInt(-scale)).toString();
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The last bits of a sum depend on which thread came first, so that a cell would never give the same text twice. */
function doubleText(value: number, digits: number): string {
  if (!Number.isFinite(value) || Number.isSafeInteger(value))
    return String(value === 0 ? 0 : value);
  return String(Number(value.toPrecision(digits)));
}

function bytesText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, 64), (byte) => byte.toString(16).padStart(2, '0'));
  return `0x${shown.join('')}${bytes.length > 64 ? '…' : ''}`;
}

function nestedText(value: object, type: ArrowType): string {
  const children = 'children' in type ? type.children : [];
  const [first] = children;
  if (type.typeId === Type.Struct) {
    const fields = value as Readonly<Record<string, unknown>>;
    return `{${children.map((child) => `${child.name}: ${valueText(fields[child.name], child.type) ?? 'NULL'}`).join(', ')}}`;
  }
  if (first === undefined || !(Symbol.iterator in value)) return JSON.stringify(value);
  const items = Array.from(value as Iterable<unknown>);
  if (type.typeId !== Type.Map) {
    return `[${items.map((item) => valueText(item, first.type) ?? 'NULL').join(', ')}]`;
  }
  // A map comes as pairs, its one child being a struct of key and value.
  const [key, held] = 'children' in first.type ? first.type.children : [];
  if (key === undefined || held === undefined) return JSON.stringify(value);
  const pairs = items as readonly (readonly unknown[])[];
  return `{${pairs.map((pair) => `${valueText(pair[0], key.type) ?? 'NULL'}=${valueText(pair[1], held.type) ?? 'NULL'}`).join(', ')}}`;
}

/** A value of an Arrow column as a person reads it, times in ISO 8601 and UTC; null for NULL. Reads what `readTable` decoded. */
export function valueText(value: unknown, type: ArrowType): string | null {
  if (value === null || value === undefined) return null;
  if (type.typeId === Type.Dictionary) return valueText(value, type.dictionary);
  if (typeof value === 'string') return value;
  if (type.typeId === Type.Timestamp)
    return timestampText(BigInt(value as bigint | number), unitOf(type));
  if (type.typeId === Type.Date) return dayText(Number(value));
  if (type.typeId === Type.Time) return timeText(BigInt(value as bigint | number), unitOf(type));
  if (type.typeId === Type.Decimal)
    return decimalText(BigInt(value as bigint | number), type.scale);
  if (typeof value === 'number') {
    return doubleText(value, type.typeId === Type.Float && type.precision < 2 ? 7 : 12);
  }
  if (value instanceof Uint8Array && type.typeId !== Type.List) return bytesText(value);
  if (typeof value === 'object') return nestedText(value, type);
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
