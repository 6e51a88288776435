import type { TextColumn, TextTable } from './text-table.ts';

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => named[character] ?? '');
}

function side(column: TextColumn): string {
  return column.numeric ? 'right' : 'left';
}

function head(column: TextColumn): string {
  return `<th align="${side(column)}" title="${escapeHtml(column.type)}">${escapeHtml(column.name)}</th>`;
}

function cell(column: TextColumn, row: number): string {
  const text = column.values[row] ?? null;
  const shown = text === null ? '<i>NULL</i>' : escapeHtml(text);
  return `<td align="${side(column)}">${shown}</td>`;
}

function count(number: number, word: string): string {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}

/** `1 row × 3 columns`, and which of them are shown. */
export function sizeText({ columns, size }: TextTable): string {
  const rows = columns[0]?.values.length ?? 0;
  const whole = `${count(size.rows, 'row')} × ${count(size.columns, 'column')}`;
  const part = [
    ...(rows < size.rows ? [`the first ${count(rows, 'row')}`] : []),
    ...(columns.length < size.columns ? [`the first ${count(columns.length, 'column')}`] : []),
  ];
  return part.length === 0 ? whole : `${whole}, ${part.join(' and ')} shown`;
}

/**
 * As pandas writes a DataFrame, which Jupyter and code hosts have a style for: they strip styles that stand in outputs,
 * and keep `align`.
 */
export function htmlTable(table: TextTable): string {
  const { columns } = table;
  const rows = Array.from(
    { length: columns[0]?.values.length ?? 0 },
    (_, row) => `<tr>${columns.map((column) => cell(column, row)).join('')}</tr>\n`,
  );
  return [
    '<table border="1" class="dataframe">\n',
    `<thead>\n<tr>${columns.map(head).join('')}</tr>\n</thead>\n`,
    `<tbody>\n${rows.join('')}</tbody>\n</table>\n`,
    `<p>${sizeText(table)}</p>`,
  ].join('');
}
