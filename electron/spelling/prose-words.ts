import { codeFree } from './code-free.ts';

/** More text than a screen shows. It is read at every check, on the thread of the page. */
const LONGEST_TEXT = 50_000;

// No pattern reads a stretch of text from each of its letters on: each is anchored, ends where it could begin anew, or is
// bounded by what stands between two spaces.
const tag = /<[a-z/!][^<>\n]*>/gi;
const linkTarget = /\]\([^)\]\n]*\)|^ {0,3}\[[^\]\n]+\]:[^\n]*/gm;
/** Longer than any word or name that somebody wrote for readers. */
const endless = /\S{201,}/g;
const address =
  /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s)>\]]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+/gi;
const path = /(?<![\w.~-])[\w.~-]*(?:\/[\w.-]+){2,}|(?<![\p{L}\p{N}])[@$/][\w.-]+/gu;
/** Names of files, columns and packages: parts that a dot, a colon, an underscore or a digit holds together. */
const compound =
  /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}]+(?:[.:_\\]+[\p{L}\p{N}]+)+|\p{L}*\p{N}[\p{L}\p{N}]*)/gu;

const notProse = [tag, linkTarget, endless, address, path, compound];

const word = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Capitals after small letters (camelCase), or nothing but capitals (RFM, KPIs). */
const isSymbol = (text: string): boolean =>
  /\p{Ll}\p{Lu}/u.test(text) || /^\p{Lu}{2,}(?:['’]?s)?$/u.test(text);

/** The words of a Markdown text that somebody wrote for readers: no code, no addresses, no identifiers. */
export function proseWords(markdown: string): ReadonlySet<string> {
  let text = codeFree(markdown.slice(0, LONGEST_TEXT));
  for (const pattern of notProse) text = text.replace(pattern, ' ');
  return new Set((text.match(word) ?? []).filter((one) => !isSymbol(one)));
}
