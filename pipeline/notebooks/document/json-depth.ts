/** Deeper JSON than this is no notebook that anybody wrote, and overflows the stack of whoever walks it. */
export const maximumDepth = 500;

const quote = 0x22;
const backslash = 0x5c;

/** Where the string that begins at `start` ends, just past its closing quote; the length of the text where it does not. */
export function pastString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end + 1;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

/** Where JSON text first nests deeper than `maximumDepth`; null where it never does. Texts need not be valid JSON. */
export function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = pastString(text, at) - 1;
    // Brackets and braces differ from each other by 0x20 only: [ { open, ] } close.
    else if ((code | 0x20) === 0x7b && ++depth > maximumDepth) return at;
    else if ((code | 0x20) === 0x7d) depth--;
  }
  return null;
}
