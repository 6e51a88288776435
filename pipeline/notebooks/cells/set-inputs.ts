import { AppError } from '../../contract/errors.ts';
import type { InputControl, InputValue } from '../../contract/notebook.ts';
import type { DocumentCell, NotebookDocument } from '../document/notebook-document.ts';
import { readCell } from './cell-kind.ts';
import { didYouMean } from './nearest.ts';
import { withInputValue } from './write-cell.ts';

const bad = (problem: string): AppError => new AppError('BAD_USAGE', { problem });

/** A value as typed on a command line, with the type that the input has. */
function typed(text: string, name: string, control: InputControl, present: InputValue): InputValue {
  const isNumber =
    control.kind === 'slider' ||
    (control.kind === 'select' && control.options.every((one) => typeof one === 'number')) ||
    (control.kind !== 'select' && typeof present === 'number');
  if (isNumber) {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isFinite(number)) return number;
    throw bad(`"${name}" takes a number, not "${text}".`);
  }
  if (control.kind !== 'checkbox') return text;
  if (['true', 'yes', '1'].includes(text.toLowerCase())) return true;
  if (['false', 'no', '0'].includes(text.toLowerCase())) return false;
  throw bad(`"${name}" takes true or false, not "${text}".`);
}

/** A notebook whose inputs have these values, given as text by name; throws BAD_USAGE for a name or value it does not take. */
export function setInputs(
  document: NotebookDocument,
  given: ReadonlyMap<string, string>,
): NotebookDocument {
  const left = new Map(given);
  const known: string[] = [];
  const cells = document.cells.map((cell): DocumentCell => {
    const read = readCell(cell);
    if (read.kind !== 'input') return cell;
    known.push(read.name);
    const text = left.get(read.name);
    if (text === undefined) return cell;
    left.delete(read.name);
    const value = typed(text, read.name, read.control, read.value);
    try {
      return { ...cell, source: withInputValue(cell.source, value) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw bad(`"${read.name}" cannot be ${text}: ${String(error.details['problem'])}`);
    }
  });
  const [unknown] = left.keys();
  if (unknown === undefined) return { ...document, cells };
  const list = known.length === 0 ? ' It has none.' : ` It has ${known.join(', ')}.`;
  throw bad(`The notebook has no input "${unknown}".${didYouMean(unknown, known) || list}`);
}
