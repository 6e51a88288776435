import { AppError } from '../../contract/errors.ts';
import { isListOfTexts, member } from '../document/json-object.ts';
import type { DocumentCell, NotebookDocument } from '../document/notebook-document.ts';
import { readCell } from './cell-kind.ts';
import { quoted } from './nearest.ts';
import { readLiteral } from './python-literal.ts';
import type { InputCell } from './read-input.ts';
import { unknownInput, valueFor } from './set-inputs.ts';
import { withInputValue } from './write-cell.ts';

type Injected =
  | { readonly kind: 'value'; readonly line: string; readonly name: string; readonly text: string }
  | { readonly kind: 'prose'; readonly line: string }
  /** Not a literal that an input may have. */
  | { readonly kind: 'other'; readonly line: string; readonly name: string | null };

/** papermill writes one assignment a line, in a cell below the first that is tagged `parameters`. */
function readLine(line: string): Injected {
  if (/^\s*(?:#|$)/.test(line)) return { kind: 'prose', line };
  const assignment = /^([A-Za-z_]\w*)\s*=\s*/.exec(line);
  if (assignment === null) return { kind: 'other', line, name: null };
  const [{ length }, name = ''] = assignment;
  const literal = readLiteral(line, length);
  if (literal.kind === 'problem' || !/^\s*(?:#|$)/.test(line.slice(literal.end))) {
    return { kind: 'other', line, name };
  }
  return { kind: 'value', line, name, text: String(literal.value) };
}

const linesOf = (source: string): Injected[] => source.split(/\r?\n/).map(readLine);

function isInjected({ type, metadata }: DocumentCell): boolean {
  const tags = member(metadata, 'tags');
  return type === 'code' && isListOfTexts(tags) && tags.includes('injected-parameters');
}

function problemOf(injected: Injected, inputs: readonly InputCell[]): string | null {
  if (injected.kind === 'prose') return null;
  const { line, name } = injected;
  const input = inputs.find((one) => one.name === name);
  if (name !== null && input === undefined) {
    return unknownInput(
      name,
      inputs.map((one) => one.name),
    );
  }
  if (injected.kind === 'other' || input === undefined) {
    return `${quoted(line.trim())} sets no input: a value is a number, a text in quotes, True or False.`;
  }
  try {
    valueFor(input, injected.text);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return String(error.details['problem']);
  }
}

/** Why what papermill put into a cell sets no input of a notebook that has some; null where nothing is wrong. */
export function injectedProblem(cell: DocumentCell, inputs: readonly InputCell[]): string | null {
  if (inputs.length === 0 || !isInjected(cell)) return null;
  for (const injected of linesOf(cell.source)) {
    const problem = problemOf(injected, inputs);
    if (problem !== null) return `papermill's parameters: ${problem}`;
  }
  return null;
}

function inputsOf({ cells }: NotebookDocument): InputCell[] {
  return cells.map((cell) => readCell(cell)).filter((read) => read.kind === 'input');
}

function withValue(cell: DocumentCell, values: ReadonlyMap<string, string>): DocumentCell {
  const read = readCell(cell);
  const text = read.kind === 'input' ? values.get(read.name) : undefined;
  if (read.kind !== 'input' || text === undefined) return cell;
  return { ...cell, source: withInputValue(cell.source, valueFor(read, text)) };
}

/**
 * A notebook as papermill left it, with what that injected as the values of the inputs of these names; what sets none stays
 * in its cell. Otherwise Jupyter would run another value than the one that an input shows here.
 */
export function withInjected(document: NotebookDocument): NotebookDocument {
  const inputs = inputsOf(document);
  if (inputs.length === 0 || !document.cells.some(isInjected)) return document;
  const values = new Map<string, string>();
  const left = document.cells.flatMap((cell) => {
    if (!isInjected(cell)) return [cell];
    const lines = linesOf(cell.source);
    const kept = lines.filter((one) => one.kind === 'prose' || problemOf(one, inputs) !== null);
    for (const one of lines) {
      if (one.kind === 'value' && !kept.includes(one)) values.set(one.name, one.text);
    }
    if (kept.length === lines.length) return [cell];
    if (kept.every(({ kind }) => kind === 'prose')) return [];
    return [{ ...cell, source: kept.map(({ line }) => line).join('\n') }];
  });
  const cells = left.map((cell) => withValue(cell, values));
  return { ...document, cells };
}
