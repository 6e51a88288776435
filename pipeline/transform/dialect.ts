import { AppError } from '../contract/errors.ts';

/** The few things that engines write differently; the models call them by `@name(...)`. */
export interface Dialect {
  readonly functions: Readonly<Record<string, (args: readonly string[]) => string>>;
}

export const duckdbDialect: Dialect = {
  functions: {
    /** Whole days from the day of the first to the day of the second. */
    days_between: ([from, to]) => `date_diff('day', cast(${from} as date), cast(${to} as date))`,
    seconds_between: ([from, to]) => `(epoch_us(${to}) - epoch_us(${from})) / 1000000.0`,
    /** 0 for a Monday to 6 for a Sunday. */
    weekday: ([time]) => `(extract(isodow from ${time}) - 1)`,
    days_before: ([day, days]) => `(cast(${day} as date) - cast(${days} as integer))`,
  },
};

/** Splits at the commas that stand outside parentheses. */
function splitArguments(text: string): string[] {
  const args: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth === 0) {
      args.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return [...args, text.slice(from).trim()];
}

function closing(sql: string, open: number): number {
  let depth = 0;
  for (let i = open; i < sql.length; i++) {
    if (sql[i] === '(') depth++;
    else if (sql[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

/** Replaces `@name` by the parameter of that name and `@name(...)` by what the dialect makes of it. */
export function expandMacros(
  sql: string,
  options: { dialect: Dialect; parameters: Readonly<Record<string, string>>; model: string },
): string {
  const { dialect, parameters, model } = options;
  const match = /@([a-z_]+)/.exec(sql);
  if (match === null) return sql;
  const [whole, name = ''] = match;
  const after = match.index + whole.length;
  const invalid = (problem: string): AppError =>
    new AppError('MODEL_SQL_INVALID', { model, problem });
  const rest = (from: number): string => expandMacros(sql.slice(from), options);
  if (sql[after] === '(' && Object.hasOwn(dialect.functions, name)) {
    const end = closing(sql, after);
    if (end === -1) throw invalid(`@${name}( is not closed`);
    const args = splitArguments(sql.slice(after + 1, end)).map((arg) => expandMacros(arg, options));
    return `${sql.slice(0, match.index)}${dialect.functions[name]?.(args) ?? ''}${rest(end + 1)}`;
  }
  if (!Object.hasOwn(parameters, name)) throw invalid(`there is no parameter or macro @${name}`);
  return `${sql.slice(0, match.index)}${parameters[name] ?? ''}${rest(after)}`;
}
