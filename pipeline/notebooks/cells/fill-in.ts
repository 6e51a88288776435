import { AppError } from '../../contract/errors.ts';
import type { InputValue } from '../../contract/notebook.ts';
import { didYouMean, quoted } from './nearest.ts';
import { type SqlPlace, sqlPlaces } from './sql-places.ts';
import { quotedText } from '../../engine/sql-quoting.ts';

/** Inputs by name. */
export type InputValues = Readonly<Record<string, InputValue>>;

const invalid = (problem: string): AppError => new AppError('CELL_INVALID', { problem });

/** The value of an input, its name in any case; throws CELL_INVALID with the nearest name where there is none. */
export function valueOf(values: InputValues, name: string): InputValue {
  if (Object.hasOwn(values, name)) return values[name] ?? '';
  const lower = name.toLowerCase();
  for (const [known, value] of Object.entries(values)) {
    if (known.toLowerCase() === lower) return value;
  }
  throw invalid(
    `{{${name}}} is no input of this notebook.${didYouMean(name, Object.keys(values))}`,
  );
}

/** A text that SQL can hold: DuckDB reads a query up to its first NUL, and half of a surrogate pair is no letter. */
function checkedText(value: string, name: string): string {
  if (value.includes('\0'))
    throw invalid(`the value of {{${name}}} holds a NUL, which SQL cannot.`);
  if (!value.isWellFormed())
    throw invalid(`the value of {{${name}}} holds half a letter (a lone surrogate).`);
  return value;
}

/** Up to 15 digits and 22 places, a whole number and a power of ten that doubles hold exactly: DuckDB divides them once. */
const exactDecimal = /^(?=(?:\D?\d){1,15}$)-?\d+(?:\.\d{1,22})?$/;

function plainNumber(value: number, name: string): string {
  if (!Number.isFinite(value)) throw invalid(`the value of {{${name}}} is no finite number.`);
  const short = String(value === 0 ? 0 : value);
  // With an exponent DuckDB reads a double; without, a DECIMAL, whose cast to a double may be off by the last bit.
  const exact =
    Number.isSafeInteger(value) || exactDecimal.test(short) ? short : value.toExponential();
  // In parentheses, as "5-{{k}}" would become a comment.
  return value < 0 ? `(${exact})` : exact;
}

/** A value as it stands between other letters, in quotes that the query already has. */
function textOf(value: InputValue, { name, context }: SqlPlace): string {
  const text = checkedText(String(value), name);
  switch (context) {
    case 'text':
      return text.replaceAll("'", "''");
    case 'escaped text':
      return text.replaceAll('\\', '\\\\').replaceAll("'", "''");
    case 'identifier':
      return text.replaceAll('"', '""');
    case 'dollar text':
      if (text.includes('$'))
        throw invalid(
          `the value of {{${name}}} holds "$", which would end the text between $ and $; use quotes there.`,
        );
      return text;
    case 'plain':
      return quotedText(text);
  }
}

/** Letters that would make one word or one text of what stands beside a value and the value itself. */
const glues = /[\w$'"&.\u0080-\uffff]/;

function fillPlain(value: InputValue, place: SqlPlace, around: readonly [string, string]): string {
  const bare =
    typeof value === 'number'
      ? plainNumber(value, place.name)
      : typeof value === 'boolean'
        ? String(value)
        : textOf(value, place);
  const filled = place.afterText ? `(${bare})` : bare;
  const dotted = typeof value === 'string';
  const touches = (letter: string): boolean => glues.test(letter) && (letter !== '.' || !dotted);
  return `${touches(around[0]) ? ' ' : ''}${filled}${touches(around[1]) ? ' ' : ''}`;
}

/** Names of inputs that a query takes in `{{ }}`, each once; those within comments are none. */
export function references(sql: string): string[] {
  return [...new Set(sqlPlaces(sql).places.map(({ name }) => name))];
}

/**
 * A query with the values of inputs in the place of their `{{names}}`: a number as a number, a text as a quoted literal,
 * within quotes the text with those quotes doubled. A value never becomes more than one value, whatever it holds.
 * Throws CELL_INVALID for a name that is no input and for a text that SQL cannot hold.
 */
export function fillInSql(sql: string, values: InputValues): string {
  const { places, odd } = sqlPlaces(sql);
  if (odd !== null)
    throw invalid(`${quoted(odd)} is not the name of an input in double braces, as {{k}} is.`);
  let filled = '';
  let from = 0;
  for (const place of places) {
    filled += sql.slice(from, place.start);
    const value = valueOf(values, place.name);
    filled +=
      place.context === 'plain'
        ? fillPlain(value, place, [filled.at(-1) ?? '', sql[place.end] ?? ''])
        : textOf(value, place);
    from = place.end;
  }
  return filled + sql.slice(from);
}
