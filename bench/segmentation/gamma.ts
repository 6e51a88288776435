import type { Random } from '../../pipeline/statistics/random.ts';

/** A draw of the gamma distribution of scale 1: Marsaglia and Tsang (2000), for a shape below 1 with their power. */
export function drawGamma(shape: number, random: Random): number {
  if (shape < 1) return drawGamma(shape + 1, random) * (1 - random.float()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.float()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
