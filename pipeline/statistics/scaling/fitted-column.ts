import { type Scaling, signedExpm1, signedLog1p } from './scaling.ts';
import { type Bounds, clip } from './winsorise.ts';
import { inverseYeoJohnson, yeoJohnson } from './yeo-johnson.ts';

/**
 * With the least and greatest value fitted: what an inverse beyond the asymptote becomes. Lambda was
 * fitted to a sample of ranks where there were more than 20,000 values (`fitYeoJohnson`).
 */
interface FittedYeoJohnson {
  readonly kind: 'yeo-johnson';
  readonly lambda: number;
  readonly anchor: number;
  readonly minimum: number;
  readonly maximum: number;
}

export type FittedTransform =
  | { readonly kind: 'none' }
  | { readonly kind: 'log1p' }
  | FittedYeoJohnson;

/** Plain JSON: prepared = weight (transform(clip(x)) - center) / scale, and 0 where the scale is 0. */
export interface FittedColumn {
  /** What a missing value becomes; null refuses it. */
  readonly impute: number | null;
  /** Where winsorising clips; null clips nothing. */
  readonly bounds: Bounds | null;
  readonly transform: FittedTransform;
  readonly scaling: Scaling;
  readonly center: number;
  readonly scale: number;
  readonly weight: number;
  /** How many values of the fitted column were missing, and how many winsorising moved. */
  readonly missing: number;
  readonly clipped: number;
}

type NumberMap = (value: number) => number;

export function forwardTransform(transform: FittedTransform): NumberMap {
  switch (transform.kind) {
    case 'none':
      return (x) => x;
    case 'log1p':
      return signedLog1p;
    case 'yeo-johnson':
      return (x) => yeoJohnson(x, transform);
  }
}

function inverseTransform(transform: FittedTransform): NumberMap {
  switch (transform.kind) {
    case 'none':
      return (y) => y;
    case 'log1p':
      return signedExpm1;
    case 'yeo-johnson':
      return (y) => {
        const x = inverseYeoJohnson(y, transform);
        if (Number.isFinite(x)) return x;
        return x > 0 ? transform.maximum : transform.minimum;
      };
  }
}

/** From a value of the column, NaN if missing, to its prepared one; NaN where a missing one is refused. */
export function prepareWith(fitted: FittedColumn): NumberMap {
  const { impute, bounds, center, scale, weight } = fitted;
  if (scale === 0) return (value) => (Number.isNaN(value) && impute === null ? value : 0);
  const forward = forwardTransform(fitted.transform);
  return (value) => {
    const there = Number.isNaN(value) && impute !== null ? impute : value;
    const clipped = bounds === null ? there : clip(there, bounds);
    return ((forward(clipped) - center) / scale) * weight;
  };
}

/** From a prepared value back to the column's own units. */
export function restoreWith(fitted: FittedColumn): NumberMap {
  const { center, scale, weight } = fitted;
  const inverse = inverseTransform(fitted.transform);
  return (value) => inverse((value / weight) * scale + center);
}
