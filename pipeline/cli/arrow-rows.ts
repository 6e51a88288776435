import { tableFromIPC, Type } from '@uwdata/flechette';

type ArrowType = ReturnType<typeof tableFromIPC>['schema']['fields'][number]['type'];

/** Ticks of a TIMESTAMP's unit, second to nanosecond, in a millisecond. */
const TICKS = [0.001, 1, 1000, 1_000_000] as const;

/** What a Date can hold, before and after 1970. */
const LAST_MILLISECOND = 8_640_000_000_000_000n;

function isoDay(milliseconds: number): string {
  if (Math.abs(milliseconds) > Number(LAST_MILLISECOND)) {
    return milliseconds > 0 ? 'infinity' : '-infinity';
  }
  return new Date(milliseconds).toISOString().replace(/T.*/, '');
}

function isoTimestamp(value: bigint, unit: number): string {
  const ticks = TICKS[unit] ?? 1;
  const scaled = ticks < 1 ? value * 1000n : value;
  const divisor = BigInt(Math.max(1, ticks));
  const milliseconds = scaled / divisor - (scaled % divisor < 0n ? 1n : 0n);
  // DuckDB's infinity is the largest and the smallest BIGINT.
  if (milliseconds > LAST_MILLISECOND) return 'infinity';
  if (milliseconds < -LAST_MILLISECOND) return '-infinity';
  const rest = scaled - milliseconds * divisor;
  const digits = rest === 0n ? '' : rest.toString().padStart(String(divisor).length - 1, '0');
  return `${new Date(Number(milliseconds)).toISOString().slice(0, -1)}${digits}`.replace(
    /\.?0+$/,
    '',
  );
}

/** A DECIMAL as a number where a double carries every digit, otherwise as its text. */
function decimal(value: bigint, scale: number): number | string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const text = `${value < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
  return digits.length <= 15 ? Number(text) : text;
}

/** Times as ISO 8601 in UTC and days as YYYY-MM-DD; whole numbers beyond 2^53 as text. */
function plain(value: unknown, type: ArrowType): unknown {
  if (value === null || value === undefined) return null;
  if (type.typeId === Type.Timestamp && typeof value === 'bigint') {
    return isoTimestamp(value, 'unit' in type ? type.unit : 1);
  }
  if (type.typeId === Type.Date) return isoDay(Number(value));
  if (type.typeId === Type.Decimal && (typeof value === 'bigint' || typeof value === 'number')) {
    return decimal(BigInt(value), 'scale' in type ? type.scale : 0);
  }
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'object' ? nested(value, type) : value;
}

function nested(value: object, type: ArrowType): unknown {
  const children = 'children' in type ? type.children : [];
  const [first] = children;
  if (type.typeId === Type.Struct) {
    const fields = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(children.map(({ name, type }) => [name, plain(fields[name], type)]));
  }
  if (first !== undefined && Symbol.iterator in value) {
    return Array.from(value as Iterable<unknown>, (item) =>
      // A map comes as pairs, its one child being a struct of key and value.
      type.typeId === Type.Map && Array.isArray(item) && 'children' in first.type
        ? first.type.children.map((field, i) => plain((item as unknown[])[i], field.type))
        : plain(item, first.type),
    );
  }
  return value;
}

/** Decodes an Arrow IPC stream to rows for a terminal or a text format. */
export async function readArrow(
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ names: string[]; rows: unknown[][] }> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  const table = tableFromIPC(Buffer.concat(parts), {
    useBigInt: true,
    useBigIntTimestamp: true,
    useDecimalInt: true,
  });
  const { fields } = table.schema;
  const columns = fields.map(({ type }, i) =>
    Array.from(table.getChildAt(i), (value) => plain(value, type)),
  );
  return {
    names: fields.map(({ name }) => name),
    rows: Array.from({ length: table.numRows }, (_, row) => columns.map((column) => column[row])),
  };
}
