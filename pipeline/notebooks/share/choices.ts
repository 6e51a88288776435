import { AppError } from '../../contract/errors.ts';
import type { ShareChoices } from '../../contract/notebook.ts';
import { didYouMean, quoted } from '../cells/nearest.ts';
import type { SharedTable } from './treated-query.ts';

/** Whether everything leaves as it is. */
export function keepsAll(choices: ShareChoices): boolean {
  return (
    choices.outputs &&
    choices.minimumCount === 0 &&
    choices.aggregated.length === 0 &&
    Object.values(choices.columns).every((treatment) => treatment === 'keep')
  );
}

function checkNames(given: readonly string[], known: readonly string[], what: string): void {
  const names = new Set(known.map((name) => name.toLowerCase()));
  const wrong = given.find((name) => !names.has(name.toLowerCase()));
  if (wrong === undefined) return;
  const meant = didYouMean(wrong, known);
  throw new AppError('NOTEBOOK_SHARE_INVALID', {
    problem: `it reads no ${what} ${quoted(wrong)}.${meant}`,
  });
}

/** Throws NOTEBOOK_SHARE_INVALID for names that nothing has: a column misspelt would leave as it is. */
export function checkChoices(choices: ShareChoices, tables: readonly SharedTable[]): void {
  const columns = tables.flatMap((table) =>
    table.columns.map((column) => `${table.name}.${column.name}`),
  );
  checkNames(Object.keys(choices.columns), columns, 'column');
  checkNames(
    choices.aggregated,
    tables.map(({ name }) => name),
    'table',
  );
}

/** The choices as they are written down: sorted, and without what is kept. */
export function recordedChoices(choices: ShareChoices): ShareChoices {
  const treated = Object.entries(choices.columns).filter(([, treatment]) => treatment !== 'keep');
  return {
    outputs: choices.outputs,
    columns: Object.fromEntries(treated.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    aggregated: choices.aggregated.toSorted(),
    minimumCount: choices.minimumCount,
  };
}
