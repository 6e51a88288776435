/** What comes in the place of matches. In one for a pattern `$1` is its first group, and `\n` and `\t` are what they are in code. */
export interface Replacement {
  readonly pattern: RegExp;
  readonly text: string;
  readonly isPattern: boolean;
}

export interface Replaced {
  readonly text: string;
  /** How many matches were replaced. */
  readonly count: number;
}

function unescaped(replacement: string): string {
  const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\' };
  return replacement.replaceAll(/\\([nt\\])/g, (_whole, letter: string) => letters[letter] ?? '');
}

/** `$12` is the twelfth group where there are so many, else the first and a 2; `$0` is nothing but itself. */
function group(digits: string, match: RegExpExecArray): string {
  const isOne = (at: number): boolean => at >= 1 && at < match.length;
  if (isOne(Number(digits))) return match[Number(digits)] ?? '';
  const first = Number(digits.slice(0, 1));
  return isOne(first) ? (match[first] ?? '') + digits.slice(1) : `$${digits}`;
}

/** A replacement as `String.replace` expands it for a match (GetSubstitution of ECMA-262), without looking for the match again. */
function expanded(template: string, match: RegExpExecArray): string {
  const { index, input, groups, 0: whole } = match;
  return template.replaceAll(/\$(?:[$&`']|\d{1,2}|<[^>]*>)/g, (sign) => {
    switch (sign) {
      case '$$':
        return '$';
      case '$&':
        return whole;
      case '$`':
        return input.slice(0, index);
      case "$'":
        return input.slice(index + whole.length);
    }
    if (!sign.startsWith('$<')) return group(sign.slice(1), match);
    // A pattern without named groups leaves what looks like one.
    return groups === undefined ? sign : (groups[sign.slice(2, -1)] ?? '');
  });
}

/** A text with all its matches replaced, or only the one that begins at a place. */
export function replaced(
  text: string,
  { pattern, text: by, isPattern }: Replacement,
  only: number | null = null,
): Replaced {
  const template = isPattern ? unescaped(by) : by;
  const parts: string[] = [];
  let end = 0;
  let count = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0] === '' || (only !== null && match.index < only)) continue;
    if (only !== null && match.index > only) break;
    parts.push(text.slice(end, match.index), isPattern ? expanded(template, match) : template);
    end = match.index + match[0].length;
    count += 1;
  }
  return { text: parts.join('') + text.slice(end), count };
}
