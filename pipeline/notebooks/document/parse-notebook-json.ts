import { type ParseError, printParseErrorCode, visit } from 'jsonc-parser';
import { maximumDepth, tooDeepAt } from './json-depth.ts';
import { invalidNotebook, placeOf } from './notebook-fault.ts';

const explained: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that JSON does not have',
  InvalidNumberFormat: 'a number that JSON does not have',
  PropertyNameExpected: 'no name of a property where one must be',
  ValueExpected: 'no value where one must be',
  ColonExpected: 'no colon where one must be',
  CommaExpected: 'no comma where one must be',
  CloseBraceExpected: 'no closing brace where one must be',
  CloseBracketExpected: 'no closing bracket where one must be',
  EndOfFileExpected: 'more text after the end of the notebook',
  InvalidCommentToken: 'a comment, which JSON does not have',
  UnexpectedEndOfString: 'a text whose closing quote is missing',
  InvalidUnicode: 'an escape that JSON does not have',
  InvalidEscapeCharacter: 'an escape that JSON does not have',
  InvalidCharacter: 'a control character that JSON wants escaped',
};

/** jsonc-parser walks on after a fault; the first is the one to tell. Its own recursion is safe: the depth was checked. */
function firstFault(text: string): (ParseError & { readonly name: string }) | null {
  let found: (ParseError & { readonly name: string }) | null = null;
  visit(
    text,
    {
      onError: (error, offset, length) => {
        found ??= { error, offset, length, name: printParseErrorCode(error) };
      },
    },
    { disallowComments: true },
  );
  return found;
}

function problemOf(text: string): string {
  const marker = /^(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)/m.exec(text);
  if (marker !== null) {
    return `${placeOf(text, marker.index)} has a conflict marker of Git; settle the merge first.`;
  }
  const fault = firstFault(text);
  if (fault === null) return 'it is not JSON.';
  const end = text.trimEnd().length;
  const place = placeOf(text, fault.offset);
  if (
    fault.offset >= end ||
    (fault.offset + fault.length >= end && !/[\]}]$/.test(text.trimEnd()))
  ) {
    return `it ends at ${placeOf(text, end)}, in the middle; the file was cut off.`;
  }
  const word = /^-?(?:NaN|Infinity)\b/.exec(text.slice(fault.offset, fault.offset + 12));
  if (word !== null) return `${place} has ${word[0]}, a number that JSON does not have.`;
  return `it is not JSON: ${place} has ${explained[fault.name] ?? 'a fault'}.`;
}

/** The value of a notebook's text, which may begin with a byte order mark; throws NOTEBOOK_INVALID with where and what. */
export function parseNotebookJson(text: string): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const deep = tooDeepAt(json);
  if (deep !== null) {
    throw invalidNotebook(
      `${placeOf(json, deep)} nests deeper than ${maximumDepth} levels, which no notebook does.`,
    );
  }
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw invalidNotebook(problemOf(json), cause);
  }
}
