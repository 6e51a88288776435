import { digestOfRunnable } from '../../contract/runnable-digest.ts';
import { isListOfTexts, member } from './json-object.ts';
import type { DocumentCell, NotebookDocument } from './notebook-document.ts';

/** Taking the tag away is a change of what runs. */
function isSetup({ metadata }: DocumentCell): boolean {
  const tags = member(metadata, 'tags');
  return isListOfTexts(tags) && tags.includes('strata-setup');
}

/** A key of all that would run of a notebook. */
export function runnableDigest({ cells }: NotebookDocument): Promise<string> {
  const code = cells.filter(({ type }) => type === 'code');
  return digestOfRunnable(code.map((cell) => ({ source: cell.source, isSetup: isSetup(cell) })));
}
