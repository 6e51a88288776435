/** A number of clusters and the inertia of the best clustering found with it. */
export interface InertiaPoint {
  readonly k: number;
  readonly inertia: number;
}

/** Of the highest inertia: what is no more is left by rounding only. */
const ROUNDING = 1e-20;

/** Brought to 0 .. 1. */
function normalised(values: readonly number[]): number[] {
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  return values.map((value) => (span === 0 ? 0 : (value - least) / span));
}

/** The position of the highest peak from which the curve falls below its threshold before it turns up. */
function highestKnee(curve: readonly number[]): number | null {
  const at = (index: number): number => curve[index] ?? 0;
  const sensitivity = 1 / (curve.length - 1);
  let best: number | null = null;
  for (let peak = 1; peak < curve.length - 1; peak += 1) {
    if (at(peak) < at(peak - 1) || at(peak) < at(peak + 1)) continue;
    let low = peak + 1;
    while (low < curve.length - 1 && at(low + 1) <= at(low)) low += 1;
    if (at(low) >= at(peak) - sensitivity) continue;
    if (best === null || at(peak) > at(best)) best = peak;
  }
  return best;
}

/**
 * The k at the knee of the inertia curve, or null where it has none: Kneedle (Satopaa et al. 2011), of
 * the farthest knee from the chord, sensitivity 1, on logarithms of both axes. Rows without groups have an
 * inertia near a power of k, whose plain curve bends at about k = 4 whatever the data; its logarithm is
 * straight. A k that leaves no inertia is the knee if a smaller one leaves some. RangeError unless k rises
 * and inertias are finite and from 0.
 */
export function elbow(points: readonly InertiaPoint[]): number | null {
  for (const [index, { k, inertia }] of points.entries()) {
    const rising = k > (points[index - 1]?.k ?? 0);
    if (rising && Number.isFinite(inertia) && inertia >= 0) continue;
    throw new RangeError(
      `An inertia curve needs rising k and inertias from 0, not ${inertia} at ${k}.`,
    );
  }
  const most = Math.max(...points.map(({ inertia }) => inertia));
  const perfect = points.findIndex(({ inertia }) => inertia <= most * ROUNDING);
  if (perfect >= 0) return perfect === 0 ? null : (points[perfect]?.k ?? null);
  if (points.length < 3) return null;
  const across = normalised(points.map(({ k }) => Math.log(k)));
  const down = normalised(points.map(({ inertia }) => Math.log(inertia)));
  const knee = highestKnee(across.map((x, index) => 1 - (down[index] ?? 0) - x));
  return knee === null ? null : (points[knee]?.k ?? null);
}
