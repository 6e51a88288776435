import type { NotebookCell } from '../../../pipeline/contract/notebook.ts';
import { CodeEditor } from '../editor/code-editor.tsx';
import { languageOf } from '../editor/languages.ts';
import { useLineNumbers, useOpenNotebook } from '../session/notebook-context.tsx';
import { useSchema } from '../session/use-table-columns.ts';
import { kindWords, withBody, type CellSource } from '../source/cell-source.ts';
import { hintOf } from './source-hints.ts';

interface SourceEditorProps {
  readonly cell: NotebookCell;
  readonly source: CellSource;
}

const none: readonly string[] = [];

/** Words of a query that look like tables, so that their columns are at hand when they are typed. */
function tablesIn(sql: string): string[] {
  const found = sql.matchAll(/\b(?:from|join)\s+([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)/gi);
  return [...new Set(Array.from(found, (match) => match[1] ?? ''))];
}

/** The editor of the cell that is edited, below the first line that makes it what it is. */
export function SourceEditor({ cell, source }: SourceEditorProps) {
  const { session, bindings, command } = useOpenNotebook();
  const numbered = useLineNumbers(cell.id);
  const schema = useSchema(source.kind === 'sql' ? tablesIn(source.body) : none);
  return (
    <CodeEditor
      value={source.body}
      language={languageOf(source.kind)}
      schema={schema}
      label={`${kindWords[source.kind]} source`}
      hint={hintOf(source.kind)}
      numbered={numbered}
      bindings={bindings}
      onChange={(body) =>
        session.act({ kind: 'type', cell: cell.id, source: withBody(source, body) })
      }
      onCommand={command}
    />
  );
}
