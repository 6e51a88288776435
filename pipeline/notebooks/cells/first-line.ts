import { nameProblem } from './cell-name.ts';
import { didYouMean, quoted } from './nearest.ts';

/** What the first line of a cell of ours says after its `%%`, and the text below it. */
export interface FirstLine {
  readonly magic: string;
  readonly rest: string;
  readonly body: string;
}

/** IPython, too, skips blank lines and indentation before a cell's magic. */
export function readFirstLine(source: string): FirstLine | null {
  const found = /^\s*%%(\w+)(?:[ \t]+([^\r\n]*))?(?:\r?\n|$)/.exec(source);
  if (found === null) return null;
  const [whole, magic = '', rest = ''] = found;
  return { magic, rest: rest.trim(), body: source.slice(whole.length) };
}

export interface Options {
  readonly name: string | null;
  /** What follows the options. */
  readonly rest: string;
}

const known = ['--save', '--with'];

/** `--save name`, `--save=name`, `-S name`, `name <<`, and what JupySQL has that changes nothing here: `--with a`. */
export function readOptions(line: string): Options | { readonly problem: string } {
  let rest = line;
  let name: string | null = null;
  const take = (given: string): { readonly problem: string } | null => {
    if (name !== null)
      return { problem: `it has two names, ${quoted(name)} and ${quoted(given)}.` };
    const problem = nameProblem(given);
    name = given;
    return problem === null ? null : { problem };
  };
  const assigned = /^([^\s=<]+)\s*=?\s*<<\s*/.exec(rest);
  if (assigned !== null) {
    const fault = take(assigned[1] ?? '');
    if (fault !== null) return fault;
    rest = rest.slice(assigned[0].length);
  }
  for (;;) {
    const option = /^(--?[A-Za-z][\w-]*)(?:\s*=\s*|\s+|$)/.exec(rest);
    if (option === null) return { name, rest };
    const [whole, flag = ''] = option;
    if (!['--save', '-S', '--with', '-w'].includes(flag)) {
      const meant = didYouMean(flag, known) || ` Write "--save name", or nothing.`;
      return { problem: `it has no option ${quoted(flag)}.${meant}` };
    }
    const value = /^[^\s-]\S*/.exec(rest.slice(whole.length))?.[0];
    if (value === undefined) return { problem: `${flag} wants a name after it.` };
    if (flag === '--save' || flag === '-S') {
      const fault = take(value);
      if (fault !== null) return fault;
    }
    rest = rest.slice(whole.length + value.length).trimStart();
  }
}
