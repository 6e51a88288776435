import { AppError } from '../../contract/errors.ts';
import type { InputControl, InputValue } from '../../contract/notebook.ts';
import type { DocumentCell, NotebookDocument } from '../document/notebook-document.ts';
import { readCell } from './cell-kind.ts';
import { didYouMean } from './nearest.ts';
import { type InputCell, valueProblem } from './read-input.ts';
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

/** A value as text, with the type that an input has and within what it takes. Throws BAD_USAGE with a sentence. */
export function valueFor({ name, control, value: present }: InputCell, text: string): InputValue {
  const value = typed(text, name, control, present);
  const wrong = valueProblem(value, control);
  if (wrong === null) return value;
  throw bad(`"${name}" cannot be ${text}: ${wrong}`);
}

/** The sentence for a name that no input has, and what may have been meant. */
export function unknownInput(name: string, known: readonly string[]): string {
  const list = known.length === 0 ? ' It has none.' : ` It has ${known.join(', ')}.`;
  return `The notebook has no input "${name}".${didYouMean(name, known) || list}`;
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
    return { ...cell, source: withInputValue(cell.source, valueFor(read, text)) };
  });
  const [unknown] = left.keys();
  if (unknown === undefined) return { ...document, cells };
  throw bad(unknownInput(unknown, known));
}
