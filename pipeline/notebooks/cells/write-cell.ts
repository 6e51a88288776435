import { AppError } from '../../contract/errors.ts';
import type { InputControl, InputValue } from '../../contract/notebook.ts';
import type { JsonObject } from '../document/notebook-document.ts';
import type { PanelKind, ScriptKind } from './cell-kind.ts';
import { writeLiteral } from './python-literal.ts';
import { locateInput, valueProblem } from './read-input.ts';

const save = (name: string | null): string => (name === null ? '' : ` --save ${name}`);

/** An input's source with another value: the literal changes, every other letter stays. Throws CELL_INVALID. */
export function withInputValue(source: string, value: InputValue): string {
  const input = locateInput(source);
  if (input === null) throw new AppError('CELL_INVALID', { problem: 'it is no input.' });
  if (input.kind === 'problem') throw new AppError('CELL_INVALID', { problem: input.problem });
  const wrong = valueProblem(value, input.control);
  if (wrong !== null) throw new AppError('CELL_INVALID', { problem: wrong });
  return source.slice(0, input.start) + writeLiteral(value) + source.slice(input.end);
}

export function inputSource(name: string, value: InputValue, control: InputControl): string {
  const json = JSON.stringify(control, null, 1).replaceAll(/\n\s*/g, ' ');
  return `${name} = ${writeLiteral(value)}  # strata: ${json.replace(/^\{ /, '{').replace(/ \}$/, '}')}`;
}

export function sqlSource(name: string | null, sql: string): string {
  return `%%sql${save(name)}\n${sql}`;
}

export function panelSource(kind: PanelKind, name: string | null, parameters: JsonObject): string {
  return `%%strata ${kind}${save(name)}\n${JSON.stringify(parameters, null, 2)}`;
}

export function scriptSource(kind: ScriptKind, name: string | null, code: string): string {
  return `%%strata ${kind}${save(name)}\n${code}`;
}
