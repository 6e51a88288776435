import { inputControl, type InputControl, type InputValue } from '../../contract/notebook.ts';
import { nameProblem } from './cell-name.ts';
import { describeIssues } from './describe-issues.ts';
import { didYouMean, quoted } from './nearest.ts';
import { readLiteral } from './python-literal.ts';

export interface InputCell {
  readonly kind: 'input';
  readonly name: string;
  readonly value: InputValue;
  readonly control: InputControl;
}

/** An input with where its literal stands in the source. */
export interface LocatedInput extends InputCell {
  readonly start: number;
  readonly end: number;
}

export interface InputProblem {
  readonly kind: 'problem';
  readonly problem: string;
}

const fault = (problem: string): InputProblem => ({ kind: 'problem', problem });

const kinds = inputControl.options.map((option) => option.shape.kind.value);
const knownOf = (kind: unknown): string[] =>
  inputControl.options
    .filter((option) => option.shape.kind.value === kind)
    .flatMap((option) => Object.keys(option.shape));

function readControl(json: string): InputControl | InputProblem {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    return fault(
      `what follows "# strata:" is not JSON; write, say, # strata: {"kind": "slider", "min": 2, "max": 10}.`,
    );
  }
  const kind =
    typeof raw === 'object' && raw !== null && Object.hasOwn(raw, 'kind')
      ? (raw as { kind: unknown }).kind
      : undefined;
  if (!kinds.some((one) => one === kind)) {
    const meant = typeof kind === 'string' ? didYouMean(kind, kinds) : '';
    return fault(`an input's "kind" is one of ${kinds.join(', ')}.${meant}`);
  }
  const parsed = inputControl.safeParse(raw);
  if (!parsed.success) return fault(`its control: ${describeIssues(parsed.error, knownOf(kind))}`);
  return parsed.data;
}

/** A day that the calendar has, written as ISO 8601 does. */
function isDay(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function outside(
  value: number | string,
  {
    min,
    max,
  }: { readonly min?: number | string | undefined; readonly max?: number | string | undefined },
): string | null {
  if (min !== undefined && max !== undefined && min > max)
    return `its control ends (${max}) before it begins (${min}).`;
  if ((min !== undefined && value < min) || (max !== undefined && value > max))
    return `its value ${value} is outside ${min ?? '...'} to ${max ?? '...'}.`;
  return null;
}

/** What is wrong with a value for a control; null where it may be chosen there. */
export function valueProblem(value: InputValue, control: InputControl): string | null {
  switch (control.kind) {
    case 'slider':
      if (typeof value !== 'number') return `a slider's value is a number.`;
      if (!Number.isFinite(value)) return `a slider's value is a finite number.`;
      return outside(value, control);
    case 'select':
      if (control.options.some((option) => option === value)) return null;
      return `its value ${quoted(String(value))} is none of its options.`;
    case 'date':
      if (typeof value !== 'string' || !isDay(value))
        return `a date's value is a text such as '2026-01-31'.`;
      return outside(value, control);
    case 'text':
      return typeof value === 'string' ? null : `a text's value is a text in quotes.`;
    case 'checkbox':
      return typeof value === 'boolean' ? null : `a checkbox's value is True or False.`;
  }
}

/** `k = 5  # strata: {...}`: null where a source is no input, a problem where it says that it is one. */
export function locateInput(source: string): LocatedInput | InputProblem | null {
  // Patterns with choices overflow on megabytes, and an input is a line that somebody types.
  if (source.length > 100_000) return null;
  const assignment = /^\s*([^\s#=:'"()[\]%!]+)[ \t]*(?::[^\n#=]*)?=(?!=)[ \t]*/.exec(source);
  const comment = /#[ \t]*strata:[ \t]*(.*?)[ \t]*\r?$/;
  if (assignment === null) return null;
  const [{ length: start }, name = ''] = assignment;
  const literal = readLiteral(source, start);
  const after = source.slice(literal.kind === 'value' ? literal.end : start);
  const line = after.split('\n', 1)[0] ?? '';
  const found = comment.exec(line);
  if (found === null) return null;
  if (literal.kind === 'problem') return fault(literal.problem);
  const between = line.slice(0, found.index).trim();
  if (between !== '')
    return fault(`${quoted(between)} stands after its value; an input is one literal.`);
  const further = after
    .split('\n')
    .slice(1)
    .find((one) => one.trim() !== '' && !one.trimStart().startsWith('#'));
  if (further !== undefined)
    return fault(`${quoted(further.trim())} stands below it; an input cell holds one assignment.`);
  const problem = nameProblem(name, 'input');
  if (problem !== null) return fault(problem);
  const control = readControl(found[1] ?? '');
  if (control.kind === 'problem') return control;
  const wrong = valueProblem(literal.value, control);
  if (wrong !== null) return fault(wrong);
  return { kind: 'input', name, value: literal.value, control, start, end: literal.end };
}
