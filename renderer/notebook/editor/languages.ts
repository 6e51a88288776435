import { javascript, javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript';
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { CellKind } from '../../../pipeline/contract/notebook.ts';

export type SourceLanguage = 'sql' | 'javascript' | 'typescript' | 'markdown' | 'json' | 'text';

export type Schema = Readonly<Record<string, readonly string[]>>;

type Parser = (typeof markdownLanguage)['parser'];

/** JSON is read as the expression of JavaScript that it is. */
const json = javascriptLanguage.parser.configure({ top: 'SingleExpression' });

export function languageOf(kind: CellKind): SourceLanguage {
  switch (kind) {
    case 'sql':
    case 'javascript':
    case 'typescript':
    case 'markdown':
      return kind;
    case 'chart':
    case 'features':
    case 'tuning':
    case 'kpis':
      return 'json';
    case 'input':
    case 'raw':
    case 'setup':
    case 'foreign':
      return 'text';
  }
}

export function parserOf(language: SourceLanguage): Parser | null {
  switch (language) {
    case 'sql':
      return PostgreSQL.language.parser;
    case 'javascript':
      return javascriptLanguage.parser;
    case 'typescript':
      return typescriptLanguage.parser;
    case 'markdown':
      return markdownLanguage.parser;
    case 'json':
      return json;
    case 'text':
      return null;
  }
}

/** Tables such as `silver.transactions` as CodeMirror takes them: columns below tables below schemas. */
function nested(schema: Schema): Record<string, string[] | Record<string, string[]>> {
  const names: Record<string, string[] | Record<string, string[]>> = {};
  const groups = new Map<string, Record<string, string[]>>();
  for (const [table, columns] of Object.entries(schema)) {
    const [group = '', name] = table.split('.');
    if (name === undefined) names[table] = [...columns];
    else groups.set(group, { ...groups.get(group), [name]: [...columns] });
  }
  return { ...names, ...Object.fromEntries(groups) };
}

export function languageSupport(language: SourceLanguage, schema: Schema): Extension {
  switch (language) {
    case 'sql':
      return sql({ dialect: PostgreSQL, schema: nested(schema), upperCaseKeywords: true });
    case 'javascript':
    case 'json':
      return javascript();
    case 'typescript':
      return javascript({ typescript: true });
    case 'markdown':
      return markdown({ base: markdownLanguage });
    case 'text':
      return [];
  }
}
