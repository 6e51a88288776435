/** How a column of a row may change, in original units. */
export type Freedom =
  | { readonly kind: 'fixed' }
  | {
      readonly kind: 'free';
      /** Where the present value is beyond a limit already, it is the limit. */
      readonly minimum?: number;
      readonly maximum?: number;
      /**
       * A new value is a multiple of this: 1 for counts, 0.01 for money. Any number where it is
       * left out.
       */
      readonly step?: number;
    };

export interface MovableColumn {
  /** From original to scaled units; it never falls, and is continuous where there is no step. */
  readonly forward: (value: number) => number;
  readonly freedom: Freedom;
}

/** Original values from and to which a column can be moved; both are allowed values. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Steps of 0.01 are hundredths: 7 / 100 is the double nearest to 0.07, and 7 * 0.01 is not. */
function multipleOf(step: number, times: number): number {
  const parts = Math.round(1 / step);
  return step < 1 && Math.abs(1 / step - parts) < 1e-9 * parts ? times / parts : times * step;
}

/**
 * The allowed values next to one, at or below and at or above: multiples of the step, and the
 * present value.
 */
export function allowedAround(value: number, present: number, step: number | undefined): Range {
  if (step === undefined || value === present) return { low: value, high: value };
  const times = Math.round(value / step);
  if (!Number.isSafeInteger(times)) return { low: value, high: value };
  const nearest = multipleOf(step, times);
  const low = nearest <= value ? nearest : multipleOf(step, times - 1);
  const high = nearest >= value ? nearest : multipleOf(step, times + 1);
  return {
    low: present <= value ? Math.max(low, present) : low,
    high: present >= value ? Math.min(high, present) : high,
  };
}

/**
 * Where a free column can go. RangeError for limits and steps that make no sense, and where the
 * scaled value is missing or falls at a limit (a column without limits needs one that exists
 * everywhere).
 */
export function rangeOf({ forward, freedom }: MovableColumn, present: number): Range {
  const scaled = forward(present);
  if (!Number.isFinite(present) || !Number.isFinite(scaled)) {
    throw new RangeError(`The present value ${present} is scaled to ${scaled}.`);
  }
  if (freedom.kind === 'fixed') return { low: present, high: present };
  const { minimum = -Number.MAX_VALUE, maximum = Number.MAX_VALUE, step } = freedom;
  if (!(minimum <= maximum) || (step !== undefined && !(step > 0 && step < Infinity))) {
    throw new RangeError(`No value lies in ${minimum} .. ${maximum} by steps of ${step}.`);
  }
  const { high: low } = allowedAround(Math.min(minimum, present), present, step);
  const { low: high } = allowedAround(Math.max(maximum, present), present, step);
  for (const limit of [low, high]) {
    const there = forward(limit);
    if (limit < present ? there <= scaled : there >= scaled) continue;
    throw new RangeError(`The scaled value is ${scaled} at ${present}, but ${there} at ${limit}.`);
  }
  return { low, high };
}

/**
 * The value nearest to `from`, on the way to `to`, whose scaled value has reached `scaled`; `to` if
 * none has. By bisection down to neighbouring doubles, near `from` first: an inverse would be off
 * by rounding.
 */
export function reach(
  forward: (value: number) => number,
  path: { readonly from: number; readonly to: number },
  scaled: number,
): number {
  const { from, to } = path;
  const rising = to > from;
  const reached = (value: number): boolean =>
    rising ? forward(value) >= scaled : forward(value) <= scaled;
  if (reached(from)) return from;
  let [short, far] = [from, to];
  for (
    let stride = Math.max(1, Math.abs(from));
    stride < Math.abs(to / 2 - from / 2);
    stride *= 2
  ) {
    const next = rising ? from + stride : from - stride;
    if (reached(next)) {
      far = next;
      break;
    }
    short = next;
  }
  for (;;) {
    const middle = short / 2 + far / 2;
    if (middle === short || middle === far) return far;
    if (reached(middle)) far = middle;
    else short = middle;
  }
}
