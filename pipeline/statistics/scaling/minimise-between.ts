const GOLDEN = (3 - Math.sqrt(5)) / 2;
const STEP = Math.sqrt(Number.EPSILON);
const MOST_STEPS = 500;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The best three points: `best`, `second` and what `second` was before. */
interface Points {
  readonly best: Point;
  readonly second: Point;
  readonly third: Point;
}

/** To the lowest point of the parabola through three points, or null where that is no safe step. */
function parabolicStep(
  { best, second, third }: Points,
  limits: { readonly left: number; readonly right: number; readonly longest: number },
): number | null {
  const r = (best.x - second.x) * (best.y - third.y);
  const q = (best.x - third.x) * (best.y - second.y);
  const sum = (best.x - third.x) * q - (best.x - second.x) * r;
  const p = q > r ? -sum : sum;
  const twice = Math.abs(2 * (q - r));
  const inside = p > twice * limits.left && p < twice * limits.right;
  return inside && Math.abs(p) < Math.abs((twice * limits.longest) / 2) ? p / twice : null;
}

function replaced({ best, second, third }: Points, tried: Point): Points {
  if (tried.y <= best.y) return { best: tried, second: best, third: second };
  if (tried.y <= second.y || second.x === best.x) return { best, second: tried, third: second };
  if (tried.y <= third.y || third.x === best.x || third.x === second.x) {
    return { best, second, third: tried };
  }
  return { best, second, third };
}

const signOf = (x: number): number => (x < 0 ? -1 : 1);

/**
 * Where a function of one number is least between two bounds, to `tolerance` in x or to what doubles
 * can tell: Brent's method of golden sections and parabolas (Brent 1973, chapter 5; the bounded form
 * `fmin` of Forsythe, Malcolm and Moler 1977). One valley is assumed; ends are approached, not tried.
 */
export function minimiseBetween(
  evaluate: (x: number) => number,
  bounds: { readonly lower: number; readonly upper: number; readonly tolerance: number },
): number {
  let { lower, upper } = bounds;
  const x = lower + GOLDEN * (upper - lower);
  const first = { x, y: evaluate(x) };
  let points: Points = { best: first, second: first, third: first };
  let step = 0;
  let before = 0;
  for (let count = 0; count < MOST_STEPS; count += 1) {
    const { best } = points;
    const middle = (lower + upper) / 2;
    const shortest = STEP * Math.abs(best.x) + bounds.tolerance / 3;
    if (Math.abs(best.x - middle) <= 2 * shortest - (upper - lower) / 2) break;
    const limits = { left: lower - best.x, right: upper - best.x, longest: before };
    const parabolic = Math.abs(before) > shortest ? parabolicStep(points, limits) : null;
    if (parabolic === null) {
      before = best.x >= middle ? limits.left : limits.right;
      step = GOLDEN * before;
    } else {
      before = step;
      const at = best.x + parabolic;
      const atEnd = at - lower < 2 * shortest || upper - at < 2 * shortest;
      step = atEnd ? shortest * signOf(middle - best.x) : parabolic;
    }
    const next = best.x + signOf(step) * Math.max(Math.abs(step), shortest);
    const tried = { x: next, y: evaluate(next) };
    const better = tried.y <= best.y;
    if (better === next >= best.x) lower = better ? best.x : next;
    else upper = better ? best.x : next;
    points = replaced(points, tried);
  }
  return points.best.x;
}
