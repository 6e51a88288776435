/** What an adjusted Rand index says of two segmentations; the bounds above 0.6 are Steinley's (2004). */
export function agreementWords(index: number): string {
  if (index >= 0.995) return 'Both part the customers alike';
  if (index > 0.9) return 'Nearly the same segments';
  if (index > 0.8) return 'Largely the same segments';
  if (index > 0.65) return 'Alike in outline, with many customers elsewhere';
  if (index > 0.3) return 'Related segments, drawn differently';
  if (index > 0.1) return 'Other segments, with something in common';
  return 'No more in common than by chance';
}
