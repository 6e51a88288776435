const isNumber = (text: string): boolean => /^-?[\d,]+(\.\d+)?(%| pp)?$/.test(text);

/** Rows as a table for a terminal, numbers to the right. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = header.map((name, i) =>
    Math.max(name.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const right = header.map(
    (_, i) => rows.length > 0 && rows.every((row) => isNumber(row[i] ?? '') || row[i] === '-'),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, i) =>
        right[i] === true ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    line(header),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...rows.map(line),
  ].join('\n');
}

/** Made when the first number is shown: starting Intl takes longer than many a command. */
function numberFormat(least: number): (value: number) => string {
  let format: Intl.NumberFormat | undefined;
  return (value) => {
    format ??= new Intl.NumberFormat('en-US', {
      minimumFractionDigits: least,
      maximumFractionDigits: 2,
      signDisplay: 'negative',
    });
    return format.format(value);
  };
}

export const count = numberFormat(0);
const cents = numberFormat(2);
export const money = (value: number | null): string => (value === null ? '-' : cents(value));
export const percent = (value: number | null): string =>
  value === null ? '-' : `${(value * 100).toFixed(1)}%`;

/** A change of a percentage, in percentage points. */
export const points = (value: number | null): string =>
  value === null ? '-' : `${(value * 100).toFixed(1)} pp`;

function plainJson(_key: string, item: unknown): unknown {
  if (typeof item === 'bigint')
    return Number.isSafeInteger(Number(item)) ? Number(item) : item.toString();
  return ArrayBuffer.isView(item) ? Array.from(item as Uint8Array<ArrayBuffer>) : item;
}

/** JSON for people and scripts; what JavaScript cannot hold as a number is text. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, plainJson, 2);
}

/** A value as a terminal shows it. */
export function showCell(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return value;
  const isPlain = typeof value === 'number' || typeof value === 'bigint';
  return isPlain ? String(value) : JSON.stringify(value, plainJson);
}

/** RFC 4180; NULL is nothing, an empty text is two quotes. */
export function csvLine(cells: readonly unknown[]): string {
  return cells
    .map((cell) => {
      if (cell === null || cell === undefined) return '';
      const text = showCell(cell);
      return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(',');
}
