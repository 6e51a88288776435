import type { ColumnTreatment, ShareChoices } from '../../contract/notebook.ts';
import { quotedTable } from '../figures/chart-columns.ts';
import { enoughPeople, isNumber } from './people-counts.ts';
import { quotedName, quotedText } from '../../engine/sql-quoting.ts';

export interface SharedColumn {
  readonly name: string;
  /** As DuckDB names it. */
  readonly type: string;
}

export interface SharedTable {
  /** As SQL names it, such as `silver.transactions`. */
  readonly name: string;
  readonly columns: readonly SharedColumn[];
}

const isTime = (type: string): boolean => /^(DATE|TIMESTAMP[\w ]*)$/i.test(type);

/** A text that is one e-mail address and nothing else: what stands around one would leave with its domain. */
const address = '[^@\\s<>(),;]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+';

/**
 * What a value becomes when only its rough size may leave: a number its first digit, a day its month, an e-mail its domain,
 * another text its first letter.
 */
function generalised({ name, type }: SharedColumn): string {
  const column = quotedName(name);
  // A time zone would need ICU.
  if (isTime(type)) return `date_trunc('month', ${column}::timestamp)::date`;
  if (isNumber(type)) {
    const step = `power(10.0, floor(log10(abs(${column}::double))))`;
    return `case when ${column} = 0 then 0.0 else floor(${column}::double / ${step}) * ${step} end`;
  }
  const text = `${column}::varchar`;
  return `case when ${text} is null then null
               when regexp_full_match(${text}, '${address}')
                 then concat('@', split_part(${text}, '@', 2))
               else concat(left(${text}, 1), '…') end`;
}

function treated(column: SharedColumn, treatment: ColumnTreatment, salt: string): string | null {
  const name = quotedName(column.name);
  switch (treatment) {
    case 'keep':
      return name;
    case 'drop':
      return null;
    case 'hash':
      return `case when ${name} is not null
        then left(sha256(concat(${quotedText(salt)}, ${name}::varchar)), 16) end as ${name}`;
    case 'generalise':
      return `${generalised(column)} as ${name}`;
  }
}

export interface TreatedQuery {
  readonly sql: string;
  readonly columns: readonly string[];
}

/** Groups of all but plain numbers, with how many rows each has and the means of its numbers. */
function aggregated(
  sql: string,
  columns: {
    readonly keys: readonly string[];
    readonly numbers: readonly string[];
    readonly count: string;
  },
  minimumCount: number,
): string {
  const keys = columns.keys.map(quotedName);
  const means = columns.numbers.map((name) => `avg(${quotedName(name)}) as ${quotedName(name)}`);
  const group = keys.length === 0 ? '' : ` group by ${keys.join(', ')}`;
  const least = minimumCount > 0 ? ` having count(*) >= ${minimumCount}` : '';
  return `select ${[...keys, ...means, `count(*) as ${quotedName(columns.count)}`].join(', ')} from (${sql})${group}${least}`;
}

/** What is done to a column; names in any case, as SQL has them. */
export function treatmentOf(choices: ShareChoices, table: string, column: string): ColumnTreatment {
  const name = `${table}.${column}`;
  if (Object.hasOwn(choices.columns, name)) return choices.columns[name] ?? 'keep';
  const lower = name.toLowerCase();
  const found = Object.entries(choices.columns).find(([one]) => one.toLowerCase() === lower);
  return found?.[1] ?? 'keep';
}

const isAggregated = (choices: ShareChoices, table: string): boolean =>
  choices.aggregated.some((one) => one.toLowerCase() === table.toLowerCase());

/** A name that no column has, in any case. */
function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.toLowerCase()));
  for (let i = 1; ; i++) {
    const name = i === 1 ? wanted : `${wanted}_${i}`;
    if (!names.has(name)) return name;
  }
}

/** Rows that stand for enough people; a count that is dropped still counts. */
function enough({ columns }: SharedTable, minimumCount: number): string {
  const condition = minimumCount === 0 ? null : enoughPeople(columns, minimumCount);
  return condition === null ? '' : ` where ${condition}`;
}

/**
 * The query whose rows may leave: columns treated as chosen, groups of too few people left out. Hashes are salted by export, so that
 * two shares cannot be joined and nobody can try all customer numbers. Null where no column is left.
 */
export function treatedQuery(
  table: SharedTable,
  choices: ShareChoices,
  salt: string,
): TreatedQuery | null {
  const of = (column: SharedColumn): ColumnTreatment =>
    treatmentOf(choices, table.name, column.name);
  const kept = table.columns.filter((column) => of(column) !== 'drop');
  if (kept.length === 0) return null;
  const columns = kept.map((column) => treated(column, of(column), salt));
  const where = enough(table, choices.minimumCount);
  // The counts are asked of the table before a treated column takes their name.
  const inner = `select * from ${quotedTable(table.name)}${where}`;
  const sql = `select ${columns.join(', ')} from (${inner})`;
  const names = kept.map(({ name }) => name);
  if (!isAggregated(choices, table.name)) return { sql, columns: names };
  const isMean = (column: SharedColumn): boolean => isNumber(column.type) && of(column) === 'keep';
  const numbers = kept.filter(isMean).map(({ name }) => name);
  const keys = names.filter((name) => !numbers.includes(name));
  const count = freeName('rows', names);
  return {
    sql: aggregated(sql, { keys, numbers, count }, choices.minimumCount),
    columns: [...keys, ...numbers, count],
  };
}
