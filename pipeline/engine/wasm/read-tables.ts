import { namesOnly } from '../names-only.ts';
import { type SqlToken, sqlTokens } from '../sql-tokens.ts';
import { quotedName } from '../sql-quoting.ts';

type Names = (sql: string) => Promise<string[]>;

interface Binder {
  /** The bare names of the tables that a statement reads, as DuckDB-WASM gives them. */
  readonly names: Names;
  /** Words that cannot be names as they are. */
  readonly keywords: ReadonlySet<string | null>;
}

interface Chain {
  readonly parts: readonly string[];
  readonly start: number;
  readonly end: number;
}

const isName = (token: SqlToken | undefined): token is SqlToken =>
  token?.kind === 'word' || token?.kind === 'quoted';

const bare = ({ kind, text }: SqlToken): string =>
  kind === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text;

/** Names joined by dots, as `schema.table` is, and as a column of a table is, too; and those that stand alone. */
function namesIn(sql: string): { chains: Chain[]; words: string[] } {
  const tokens = sqlTokens(sql);
  const chains: Chain[] = [];
  const words: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const first = tokens[at];
    if (!isName(first)) continue;
    const parts = [bare(first)];
    let { end } = first;
    for (let next = tokens[at + 2]; tokens[at + 1]?.text === '.' && isName(next);) {
      parts.push(bare(next));
      ({ end } = next);
      at += 2;
      next = tokens[at + 2];
    }
    if (parts.length > 1) chains.push({ parts, start: first.start, end });
    else words.push(...parts);
  }
  return { chains, words };
}

/** DuckDB's own way to write a name: quoted where it must be. */
function written(parts: readonly string[], keywords: Binder['keywords']): string {
  const names = parts.map((part) =>
    /^[a-z_][a-z0-9_]*$/i.test(part) && !keywords.has(part.toLowerCase()) ? part : quotedName(part),
  );
  return names.join('.');
}

interface Replacement extends Chain {
  readonly text: string;
}

function replaced(sql: string, all: readonly Replacement[]): string {
  let text = '';
  let from = 0;
  for (const { start, end, text: other } of all) {
    text += sql.slice(from, start) + other;
    from = end;
  }
  return text + sql.slice(from);
}

const lastOf = ({ parts }: Chain): string => parts.at(-1) ?? '';

const PROBE = 'strata_probe';

/** Whether this chain names a table: only there may a join stand, which keeps its columns and its alias. */
async function isTable(names: Names, sql: string, chain: Chain): Promise<boolean> {
  const text = `(${sql.slice(chain.start, chain.end)} semi join ${PROBE} on true)`;
  const found = await names(replaced(sql, [{ ...chain, text }])).catch((): string[] => []);
  return found.includes(PROBE);
}

/** The tables that are left when those of the chains are called something else. */
async function without(
  names: Names,
  sql: string,
  tables: readonly Chain[],
): Promise<string[] | null> {
  const others: Replacement[] = [];
  for (const chain of tables) {
    const alias = quotedName(lastOf(chain));
    const aliased = { ...chain, text: `${PROBE} as ${alias}` };
    const isAliased = await names(replaced(sql, [aliased])).catch(() => null);
    // With an alias of its own, two are no SQL.
    others.push(isAliased === null ? { ...chain, text: PROBE } : aliased);
  }
  const left = await names(replaced(sql, others)).catch(() => null);
  return left?.filter((name) => name !== PROBE) ?? null;
}

/**
 * The tables that a statement reads, qualified as they are written. DuckDB-WASM gives their bare names; whether a name
 * with dots is a table or a column, DuckDB's own parser says of the statement with something else in its place.
 */
export async function readTables({ names, keywords }: Binder, text: string): Promise<string[]> {
  const sql = namesOnly(text);
  const plain = await names(sql);
  const known = new Set(plain.map((name) => name.toLowerCase()));
  const tables: Chain[] = [];
  const { chains, words } = namesIn(sql);
  for (const chain of chains) {
    if (!known.has(lastOf(chain).toLowerCase())) continue;
    if (await isTable(names, sql, chain)) tables.push(chain);
  }
  const lasts = new Set(tables.map((chain) => lastOf(chain).toLowerCase()));
  // A table of the same name may be read without its schema, too.
  const isUnclear = words.some((word) => lasts.has(word.toLowerCase()));
  const left = isUnclear ? await without(names, sql, tables) : null;
  const bareNames = left ?? plain.filter((name) => !lasts.has(name.toLowerCase()));
  const all = [...tables.map(({ parts }) => parts), ...bareNames.map((name) => [name])];
  return [...new Set(all.map((parts) => written(parts, keywords)))].toSorted();
}
