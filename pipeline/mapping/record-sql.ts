import { quotedText } from '../engine/sql-quoting.ts';

/** How the bytes of a source's records are to be read. */
export type RecordFormat =
  /** A JSON object a record; in a file, a line with nothing or `null` stands for a tombstone. */
  | { readonly kind: 'json'; readonly lines: boolean }
  | { readonly kind: 'csv'; readonly delimiter: string; readonly header: readonly string[] };

/** SQL over a decoded record, columns `value` (bytes) and `record` (its text, NULL where it is no UTF-8). */
export interface RecordSql {
  /** The wanted fields as VARCHAR[], or NULL where the record is malformed. */
  readonly fields: string;
  readonly ignored: string;
  readonly malformed: string;
  /** The index of a field in the list, from 1; undefined where the source has no such field. */
  readonly index: ReadonlyMap<string, number>;
}

/** However these begin, DuckDB's parser takes them for numbers; a search for each is far cheaper than one for all. */
const words = ['nan', 'NaN', 'NAN', 'Nan', 'inf', 'Inf', 'INF'];

/** How an object ends whose last value is a number or a literal; as many looks at the end are cheaper than a pattern. */
const plainEnds = [...Array.from('0123456789', (digit) => `${digit}}`), 'e}', 'l}'];

/** In an object without lists and further objects only the last brace can follow a comma, and most end without one. */
const trailingComma = (text: string): string => {
  const search = `regexp_matches(${text}, ',\\s*[}\\]]')`;
  return `case when contains(${text}, ']') or ${text} like '%{%{%' then ${search}
     when ends_with(${text}, '"}') then false
     when ${plainEnds.map((end) => `ends_with(${text}, '${end}')`).join(' or ')} then false
     else ${search} end`;
};

/**
 * DuckDB's parser also takes trailing commas, NaN and Infinity; RFC 8259 does not. What a quick look suspects is looked
 * at again with its strings blanked. CASE, here and below, since DuckDB works out both sides of an AND for every row.
 */
const lenientJson = (text: string): string =>
  `case when ${trailingComma(text)} or ${words.map((word) => `contains(${text}, '${word}')`).join(' or ')}
     then regexp_matches(regexp_replace(${text}, '"(\\\\.|[^"\\\\])*"', '""', 'g'), '(?i),\\s*[}\\]]|nan|inf') else false end`;

/** Nothing but space, or one of the words; a line that starts as an object does need not be trimmed to see it. */
const blank = (text: string, ...words: readonly string[]): string =>
  `case when starts_with(${text}, '{') or strlen(${text}) > 100 then false
     else trim(${text}, e' \\t\\r') in (${['', ...words].map(quotedText).join(', ')}) end`;

function jsonPointer(name: string): string {
  // A dotted name reaches into nested objects; a name with other characters is one key.
  const keys = /^[\p{L}_$][\p{L}\p{N}_$.]*$/u.test(name) ? name.split('.') : [name];
  // RFC 6901; the other notation takes a "*" in a key for a pattern.
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** JSON's own white space may stand before the brace. */
const isObject =
  "case when starts_with(record, '{') then true else starts_with(ltrim(record, e' \\t\\r\\n'), '{') end";

function json(format: { lines: boolean }, reads: readonly string[]): RecordSql {
  const paths = reads.map((name) => quotedText(jsonPointer(name))).join(', ');
  const list = reads.length === 0 ? "['']" : `json_extract_string(record, [${paths}])`;
  return {
    fields: `case when json_valid(record) then case when not ${lenientJson('record')}
      then case when ${isObject} then ${list} end end end`,
    ignored: format.lines ? `(value is null or ${blank('record', 'null')})` : '(value is null)',
    malformed: `case when json_valid(record) and not (${isObject}) then 'not_an_object' else 'malformed_json' end`,
    index: new Map(reads.map((name, i) => [name, i + 1])),
  };
}

function csv(format: { delimiter: string; header: readonly string[] }): RecordSql {
  const { delimiter, header } = format;
  const separator = quotedText(delimiter);
  const literal = delimiter === '|' ? '\\|' : delimiter;
  // RFC 4180: a field is quoted as a whole, a quote within it doubled; a quote inside an unquoted field is itself.
  const pattern = quotedText(`(?s)${literal}("(?:[^"]|"")*"|[^${literal}]*)`);
  const line = `concat(${separator}, record)`;
  const parts = `regexp_extract_all(${line}, ${pattern}, 1)`;
  const plain = `string_split(record, ${separator})`;
  const unquote = `list_transform(${parts}, lambda part: case when part like '"%'
    then case when length(part) > 1 and part like '%"' then replace(part[2:-2], '""', '"') end else part end)`;
  // What the pattern could not take, such as text after a closing quote, makes the whole differ.
  const whole = `array_to_string(regexp_extract_all(${line}, ${pattern}, 0), '') = ${line}
    and not list_contains(list_transform(${parts}, lambda part: part like '"%' and (length(part) = 1 or part not like '%"')), true)`;
  const quoted = `case when ${whole} then case when len(${parts}) = ${header.length} then ${unquote} end end`;
  return {
    fields: `case when not contains(record, '"')
      then case when len(${plain}) = ${header.length} then ${plain} end else ${quoted} end`,
    ignored: `(value is null or ${blank('record')})`,
    malformed: "'malformed_csv'",
    index: new Map(header.map((name, i) => [name, i + 1])),
  };
}

export function recordSql(format: RecordFormat, reads: readonly string[]): RecordSql {
  switch (format.kind) {
    case 'json':
      return json(format, reads);
    case 'csv':
      return csv(format);
  }
}
