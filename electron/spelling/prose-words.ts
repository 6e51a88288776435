const fence = /^ {0,3}(`{3,}|~{3,})[^\n]*\n[^]*?(?:^ {0,3}\1[`~]* *$|(?![^]))/gm;
const codeSpan = /(`+)(?!`)[^]*?[^`]\1(?!`)/g;
const tag = /<[a-z/!][^>\n]*>/gi;
const address = /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s)>\]]+|[\w.+-]+@[\w-]+\.[\w.-]+/gi;
const linkTarget = /\]\([^)\n]*\)|^ {0,3}\[[^\]\n]+\]:[^\n]*/gm;
const path = /[\w.~-]*(?:\/[\w.-]+){2,}|(?<![\p{L}\p{N}])[@$/][\w.-]+/gu;
/** Names of files, columns and packages: parts that a dot, a colon, an underscore or a digit holds together. */
const compound = /[\p{L}\p{N}]+(?:[.:_\\]+[\p{L}\p{N}]+)+|[\p{L}\p{N}]*\p{N}[\p{L}\p{N}]*/gu;

const notProse = [fence, codeSpan, tag, linkTarget, address, path, compound];

const word = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** Capitals after small letters (camelCase), or nothing but capitals (RFM, KPIs). */
const isSymbol = (text: string): boolean =>
  /\p{Ll}\p{Lu}/u.test(text) || /^\p{Lu}{2,}(?:['’]?s)?$/u.test(text);

/** The words of a Markdown text that somebody wrote for readers: no code, no addresses, no identifiers. */
export function proseWords(markdown: string): ReadonlySet<string> {
  let text = markdown;
  for (const pattern of notProse) text = text.replace(pattern, ' ');
  return new Set((text.match(word) ?? []).filter((one) => !isSymbol(one)));
}
