/** Where between the border (0) and the centre (1) of a segment a customer lies, in words. */
export function confidenceWords(confidence: number, segment: string): string {
  if (confidence < 0.1) return `on the border of ${segment}`;
  if (confidence < 0.3) return `close to the border of ${segment}`;
  if (confidence < 0.6) return `well inside ${segment}`;
  return `at the heart of ${segment}`;
}
