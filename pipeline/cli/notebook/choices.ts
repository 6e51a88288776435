import { type ShareChoices, shareChoices } from '../../contract/notebook.ts';
import { wholeNumber } from '../command.ts';
import type { NotebookValues } from './values.ts';

const named = <T extends string>(columns: readonly string[] | undefined, treatment: T) =>
  Object.fromEntries((columns ?? []).map((column) => [column, treatment]));

/** What the options say is done to a notebook's data before it leaves. */
export function choicesOf(values: NotebookValues): ShareChoices {
  const count = values['minimum-count'];
  return shareChoices.parse({
    outputs: values['no-outputs'] !== true,
    columns: {
      ...named(values.generalise, 'generalise'),
      ...named(values.hash, 'hash'),
      ...named(values.drop, 'drop'),
    },
    aggregated: values.aggregate ?? [],
    minimumCount:
      count === undefined ? 0 : wholeNumber(count, 'minimum-count', { least: 0, most: 1000 }),
  });
}
