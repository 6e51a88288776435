import type { InputControl, InputValue } from '../../../pipeline/contract/notebook.ts';
import { readLiteral, writeLiteral } from './python-literal.ts';
import { readControl } from './read-control.ts';

export interface InputSource {
  readonly name: string;
  readonly value: InputValue;
  readonly control: InputControl;
}

const line =
  /^([ \t]*([A-Za-z_]\w*)[ \t]*=[ \t]*)([^\n]*?)([ \t]*#[ \t]*strata:[ \t]*)(\{[^\n]*\})[ \t]*$/m;

/** What an input cell says, such as `k = 5  # strata: {"kind": "slider", "min": 2, "max": 10}`; null where it cannot be read. */
export function readInput(source: string): InputSource | null {
  const found = line.exec(source);
  if (found === null) return null;
  const value = readLiteral(found[3] ?? '');
  const control = readControl(found[5] ?? '');
  return value === null || control === null ? null : { name: found[2] ?? '', value, control };
}

/** The source with another value; all around it stays to the byte. */
export function withInputValue(source: string, value: InputValue): string {
  return source.replace(
    line,
    (_all, before: string, _name: string, _old: string, mark: string, control: string) =>
      `${before}${writeLiteral(value)}${mark}${control}`,
  );
}
