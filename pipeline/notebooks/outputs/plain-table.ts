import { sizeText } from './html-table.ts';
import type { TextColumn, TextTable } from './text-table.ts';

const widest = 50;

/** One line, whatever the value holds. */
function line(text: string): string {
  const shown = text.replaceAll(/\p{Cc}/gu, (character) =>
    character === '\n' ? '\\n' : character === '\t' ? '\\t' : '\uFFFD',
  );
  return shown.length > widest ? `${shown.slice(0, widest - 1).toWellFormed()}…` : shown;
}

function aligned({ name, numeric, values }: TextColumn): string[] {
  const lines = [line(name), ...values.map((value) => (value === null ? 'NULL' : line(value)))];
  const width = Math.max(...lines.map((text) => text.length));
  return lines.map((text) => (numeric ? text.padStart(width) : text.padEnd(width)));
}

/** Aligned columns, as a DataFrame prints. */
export function plainTable(table: TextTable): string {
  const columns = table.columns.map(aligned);
  const rows = Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
    columns
      .map((column) => column[row] ?? '')
      .join('  ')
      .trimEnd(),
  );
  return [...rows, '', `[${sizeText(table)}]`].join('\n');
}
