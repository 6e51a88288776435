import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError } from '../contract/errors.ts';

/** What a command sees of the world. */
export interface CommandIo {
  readonly out: (text: string) => void;
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Progress on a terminal; silent where nobody watches. */
  readonly progress: (text: string) => void;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One command: it owns its usage text, parses its arguments, calls a step and prints what came of it. */
export interface Command {
  readonly summary: string;
  readonly usage: string;
  run(args: readonly string[], io: CommandIo): Promise<void>;
}

const common = {
  workspace: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

export const commonUsage = `
  --workspace DIR   the workspace's folder (default: $STRATA_WORKSPACE or ./strata-workspace)
  --json            print the result as JSON`;

/** Asking for help is no failure: it ends the command with its usage text. */
export class HelpAsked extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T & typeof common; allowPositionals: true; strict: true }>
>;

/** Parses a command's options; whatever does not fit is BAD_USAGE with a sentence. */
export function parse<const T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: { ...options, ...common },
      allowPositionals: true,
      strict: true,
    });
    if ((parsed.values as { help?: boolean }).help === true) throw new HelpAsked();
    return parsed;
  } catch (error) {
    if (error instanceof HelpAsked) throw error;
    const problem =
      error instanceof Error ? (error.message.split(/\.\s/, 1)[0] ?? '') : String(error);
    throw new AppError('BAD_USAGE', { problem: `${problem}.` }, { cause: error });
  }
}

export function workspaceFolder(values: { workspace?: string | undefined }, io: CommandIo): string {
  return values.workspace ?? io.env['STRATA_WORKSPACE'] ?? 'strata-workspace';
}

export function required(value: string | undefined, option: string): string {
  if (value !== undefined && value !== '') return value;
  throw new AppError('BAD_USAGE', { problem: `--${option} is missing.` });
}

export function wholeNumber(
  value: string,
  option: string,
  bounds: { least: number; most: number },
): number {
  const { least, most } = bounds;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new AppError('BAD_USAGE', {
    problem: `--${option} takes a whole number from ${least} to ${most}, not "${value}".`,
  });
}

export function oneOf<const T extends string>(
  value: string,
  option: string,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new AppError('BAD_USAGE', {
    problem: `--${option} is one of ${choices.join(', ')}, not "${value}".`,
  });
}

/** A number that stands without an option's name, such as a segment's. */
export function numberArgument(value: string, what: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 1 && Number.isSafeInteger(number)) return number;
  throw new AppError('BAD_USAGE', {
    problem: `The ${what} is a whole number from 1, not "${value}".`,
  });
}

/** What a command of several actions is asked to do. */
export function actionOf<const T extends string>(
  given: string | undefined,
  actions: readonly T[],
): T {
  const found = actions.find((action) => action === given);
  if (found !== undefined) return found;
  const what = given === undefined ? 'The action is missing' : `There is no action "${given}"`;
  throw new AppError('BAD_USAGE', { problem: `${what}; there are ${actions.join(', ')}.` });
}

/** Refuses an option that the action has no use for: whoever gave it meant something by it. */
export function onlyOptions(values: object, action: string, options: readonly string[]): void {
  const other = Object.keys(values).find(
    (option) => !Object.hasOwn(common, option) && !options.includes(option),
  );
  if (other === undefined) return;
  throw new AppError('BAD_USAGE', { problem: `--${other} is not an option of "${action}".` });
}

export function noMore(positionals: readonly string[]): void {
  const [extra] = positionals;
  if (extra === undefined) return;
  throw new AppError('BAD_USAGE', { problem: `"${extra}" is not expected here.` });
}
