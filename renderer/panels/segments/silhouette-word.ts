export const silhouetteMeaning =
  'Mean silhouette: how much nearer its customers are to their own segment than to the next one, from −1 to 1';

/** What a mean silhouette says of how far clusters lie apart; the bounds are Kaufman and Rousseeuw's (1990). */
export function silhouetteWord(value: number): string {
  if (value > 0.7) return 'far apart';
  if (value > 0.5) return 'well apart';
  if (value > 0.25) return 'some overlap';
  return 'much overlap';
}
