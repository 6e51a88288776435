import { editDistance } from '../../workspace/edit-distance.ts';

/** The known word that somebody may have meant; null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  if (word.length > 60) return null;
  const most = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const one of known.slice(0, 10_000)) {
    if (Math.abs(one.length - word.length) > most) continue;
    const distance = editDistance(word.toLowerCase(), one.toLowerCase());
    if (distance <= most && (best === null || distance < best.distance))
      best = { word: one, distance };
  }
  return best?.word ?? null;
}

/** ` Did you mean "x"?`, to end a sentence with, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === null ? '' : ` Did you mean "${near}"?`;
}

/** A text of somebody else's in a sentence: short and on one line. */
export function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 60)}...` : line}"`;
}
