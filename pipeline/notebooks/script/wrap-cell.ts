import { parser } from '@lezer/javascript';

export const NO_WAITING = 'A cell cannot wait: promises and async functions do not run here.';

const NO_MODULES =
  'A cell imports and exports nothing: tables and inputs are there by their names, its value is its last expression.';

/**
 * A cell's code as the text of a function, on the same lines: its last expression is what the function gives, and so is
 * what a `return` at the top gives. Code that cannot be parsed stays as it is, for QuickJS to say what is wrong with it.
 */
export function wrapCell(code: string): string {
  let last = parser.parse(code).topNode.lastChild;
  while (last?.name.endsWith('Comment') === true) last = last.prevSibling;
  const cut = last?.name === 'ExpressionStatement' ? last.from : code.length;
  const given = cut < code.length ? `return ${code.slice(cut)}` : '';
  return `(function () { 'use strict'; ${code.slice(0, cut)}${given}\n})`;
}

/** Why code of this kind cannot be run as a cell at all, where it is not a slip of the pen; null where it may be one. */
export function unrunnable(code: string): string | null {
  let found: string | null = null;
  parser.parse(code).iterate({
    enter: ({ name }) => {
      if (name === 'AwaitExpression') found = NO_WAITING;
      if (name === 'ImportDeclaration' || name === 'ExportDeclaration') found = NO_MODULES;
    },
  });
  return found;
}
