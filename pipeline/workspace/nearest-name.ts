import { editDistance } from './edit-distance.ts';

/** The known name most like one that was written, whatever its case; null where none is known. */
export function nearestName(written: string, known: readonly string[]): string | null {
  let nearest: { name: string; away: number } | null = null;
  for (const name of known) {
    const away = editDistance(written.toLowerCase(), name.toLowerCase());
    if (nearest === null || away < nearest.away) nearest = { name, away };
  }
  return nearest?.name ?? null;
}
