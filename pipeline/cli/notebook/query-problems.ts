import { type AppError, asAppError } from '../../contract/errors.ts';
import { readCell } from '../../notebooks/cells/cell-kind.ts';
import { fillInSql } from '../../notebooks/cells/fill-in.ts';
import type { NotebookDocument } from '../../notebooks/document/notebook-document.ts';
import type { TableEngine } from '../../notebooks/session/ports.ts';

/** Queries that DuckDB cannot parse, by the ids of their cells; none of them runs. */
export async function queryProblems(
  { cells }: NotebookDocument,
  tables: TableEngine,
): Promise<ReadonlyMap<string, AppError>> {
  const read = cells.map((cell) => ({ id: cell.id, ...readCell(cell) }));
  const inputs = read.flatMap((cell) =>
    cell.kind === 'input' ? [[cell.name, cell.value] as const] : [],
  );
  const values = Object.fromEntries(inputs);
  const problems = new Map<string, AppError>();
  for (const cell of read) {
    if (cell.kind !== 'sql') continue;
    try {
      await tables.tableNames(fillInSql(cell.sql, values));
    } catch (error) {
      problems.set(cell.id, asAppError(error));
    }
  }
  return problems;
}
