import type { ColumnTreatment, ShareChoices } from '../../contract/notebook.ts';

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

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name of one or more parts, each within quotes. */
const relation = (name: string): string => name.split('.').map(quoted).join('.');

const isNumber = (type: string): boolean =>
  /^(DECIMAL|DOUBLE|FLOAT|REAL|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?)/i.test(type);

const isTime = (type: string): boolean => /^(DATE|TIMESTAMP)/i.test(type);

/** Columns that say how many people a row stands for. */
export const countsPeople = (column: string): boolean =>
  /^(customers?|people|persons|users|count|n|size|members|count_star\(\))$/i.test(column);

/**
 * What a value becomes when only its rough size may leave: a number its first digit, a day its month, an e-mail its domain,
 * another text its first letter.
 */
function generalised({ name, type }: SharedColumn): string {
  const column = quoted(name);
  if (isTime(type)) return `date_trunc('month', ${column})`;
  if (isNumber(type)) {
    const step = `power(10.0, floor(log10(abs(${column}::double))))`;
    return `case when ${column} = 0 then 0.0 else floor(${column}::double / ${step}) * ${step} end`;
  }
  const text = `${column}::varchar`;
  return `case when ${text} is null then null
               when ${text} like '%@%' then concat('@', regexp_extract(${text}, '@(.*)$', 1))
               else concat(left(${text}, 1), '…') end`;
}

function treated(column: SharedColumn, treatment: ColumnTreatment, salt: string): string | null {
  const name = quoted(column.name);
  switch (treatment) {
    case 'keep':
      return name;
    case 'drop':
      return null;
    case 'hash':
      return `case when ${name} is not null
        then left(sha256(concat(${literal(salt)}, ${name}::varchar)), 16) end as ${name}`;
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
  columns: { readonly keys: readonly string[]; readonly numbers: readonly string[] },
  minimumCount: number,
): string {
  const keys = columns.keys.map(quoted);
  const means = columns.numbers.map((name) => `avg(${quoted(name)}) as ${quoted(name)}`);
  const group = keys.length === 0 ? '' : ` group by ${keys.join(', ')}`;
  const least = minimumCount > 0 ? ` having count(*) >= ${minimumCount}` : '';
  return `select ${[...keys, ...means, 'count(*) as "rows"'].join(', ')} from (${sql})${group}${least}`;
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
    choices.columns[`${table.name}.${column.name}`] ?? 'keep';
  const kept = table.columns.filter((column) => of(column) !== 'drop');
  if (kept.length === 0) return null;
  const columns = kept.map((column) => treated(column, of(column), salt));
  const counts = kept.filter(({ name, type }) => countsPeople(name) && isNumber(type));
  const least = counts.map(({ name }) => `${quoted(name)} >= ${choices.minimumCount}`);
  const where = choices.minimumCount > 0 && least.length > 0 ? ` where ${least.join(' and ')}` : '';
  const sql = `select ${columns.join(', ')} from ${relation(table.name)}${where}`;
  const names = kept.map(({ name }) => name);
  if (!choices.aggregated.includes(table.name)) return { sql, columns: names };
  const isMean = (column: SharedColumn): boolean => isNumber(column.type) && of(column) === 'keep';
  const numbers = kept.filter(isMean).map(({ name }) => name);
  const keys = names.filter((name) => !numbers.includes(name));
  return {
    sql: aggregated(sql, { keys, numbers }, choices.minimumCount),
    columns: [...keys, ...numbers, 'rows'],
  };
}
