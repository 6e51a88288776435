import { quoted } from './nearest.ts';

/** DuckDB's reserved words and those that cannot name a table without quotes (`duckdb_keywords()` of 1.5). */
export const sqlWords: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default
  deferrable desc describe distinct do else end except false fetch for foreign from group having in initially intersect
  into lambda lateral leading limit not null offset on only or order pivot pivot_longer pivot_wider placing primary
  qualify references returning select show some summarize symmetric table then to trailing true union unique unpivot
  using variadic when where window with anti asof at authorization binary by collation columns concurrently cross freeze
  full generated glob ilike inner is isnull join left like map natural notnull outer overlaps positional right semi
  similar struct tablesample try_cast unpack verbose`.split(/\s+/),
);

/** Words that Python does not take as the name of a variable. */
const pythonWords: ReadonlySet<string> = new Set(
  `and as assert async await break class continue def del elif else except false finally for from global if import in
  is lambda none nonlocal not or pass raise return true try while with yield`.split(/\s+/),
);

/** Schemas that a session has: a table of such a name could not be told from them. */
const schemaNames: ReadonlySet<string> = new Set([
  'raw',
  'silver',
  'features',
  'gold',
  'ops',
  'main',
  'information_schema',
  'pg_catalog',
  'temp',
  'system',
]);

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const longest = 63;

/** What keeps a name from being a cell's; null where nothing does. */
export function nameProblem(name: string, use: 'table' | 'input' = 'table'): string | null {
  if (!identifier.test(name))
    return `${quoted(name)} is no name: letters, digits and _, not beginning with a digit.`;
  if (name.length > longest) return `${quoted(name)} is longer than ${longest} letters.`;
  const lower = name.toLowerCase();
  if (sqlWords.has(lower)) return `${quoted(name)} is a word of SQL; give it another name.`;
  if (use === 'input' && pythonWords.has(lower))
    return `${quoted(name)} is a word of Python; give it another name.`;
  if (schemaNames.has(lower))
    return `${quoted(name)} is a schema of the workspace; give it another name.`;
  return null;
}
