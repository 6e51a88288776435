import { AppError } from '../../contract/errors.ts';
import type { SqlParameters } from '../engine.ts';
import { sqlLiteral } from './sql-literal.ts';
import { sqlTokens } from '../sql-tokens.ts';

/** What would keep the expression of a variable, which has another value the next time. */
const KEEPS_EXPRESSIONS =
  /\bcreate\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:recursive\s+)?(?:view|macro|function)\b/i;

const refused = (problem: string): AppError => new AppError('SQL_INVALID', { problem });

/**
 * DuckDB-WASM binds values by position only, blocks its worker while a prepared statement runs, and knows neither BIGINT
 * nor BLOB as a value. So the parameters become variables of the connection, set by statements of our own, and `$name`
 * becomes the variable of that name: no value ever stands in the statement's text.
 */
export function withVariables(sql: string, parameters: SqlParameters | undefined): string {
  if (parameters === undefined || Object.keys(parameters).length === 0) return sql;
  const values = new Map(
    Object.entries(parameters).map(([name, one]) => [name.toLowerCase(), one]),
  );
  const used = new Set<string>();
  let text = '';
  let from = 0;
  for (const token of sqlTokens(sql)) {
    if (token.kind !== 'parameter') continue;
    const name = token.text.slice(1).toLowerCase();
    if (!values.has(name)) throw refused(`Values were not provided for the parameter ${name}`);
    used.add(name);
    text += `${sql.slice(from, token.start)}getvariable('strata_${name}')`;
    from = token.end;
  }
  const unknown = [...values.keys()].find((name) => !used.has(name));
  if (unknown !== undefined) throw refused(`The statement has no parameter $${unknown}`);
  if (KEEPS_EXPRESSIONS.test(sql)) throw refused('Unexpected prepared parameter.');
  const sets = [...used].map(
    (name) => `set variable strata_${name} = ${sqlLiteral(values.get(name) ?? null)};`,
  );
  return `${sets.join(' ')}\n${text}${sql.slice(from)}`;
}
