import { describe, expect, test } from 'vitest';
import { minimise, type Objective } from '../../../pipeline/statistics/clv/minimise.ts';

const rosenbrock: Objective = ([x = 0, y = 0], gradient) => {
  gradient.set([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
};

/** Falls for ever, ever more slowly. */
const slide: Objective = ([x = 0], gradient) => {
  gradient[0] = -Math.exp(-x / 10) / 10;
  return Math.exp(-x / 10);
};

describe('minimise', () => {
  test("finds the bottom of Rosenbrock's valley, and takes the same steps again", () => {
    const found = minimise(rosenbrock, Float64Array.of(-1.2, 1), { tolerance: 1e-9 });
    expect(found.kind).toBe('converged');
    expect(found.point[0]).toBeCloseTo(1, 9);
    expect(found.point[1]).toBeCloseTo(1, 9);
    expect(found.evaluations).toBeLessThan(80);
    expect(minimise(rosenbrock, Float64Array.of(-1.2, 1), { tolerance: 1e-9 })).toEqual(found);
  });

  test('says how a search ended that did not converge', () => {
    expect(minimise(slide, Float64Array.of(0), { bound: 16 }).kind).toBe('out-of-bounds');
    const start = Float64Array.of(-1.2, 1);
    expect(minimise(rosenbrock, start, { maxIterations: 3 }).kind).toBe('iteration-limit');
    const noisy: Objective = ([x = 0], gradient) => {
      gradient[0] = x < 1 ? -1 : 1;
      return Math.abs(x - 1);
    };
    expect(minimise(noisy, Float64Array.of(0.3)).kind).toBe('stalled');
    expect(start).toEqual(Float64Array.of(-1.2, 1));
  });

  test('steps back from where the objective is not a number, and refuses to start there', () => {
    const logarithmic: Objective = ([x = 0], gradient) => {
      gradient[0] = 1 - 1 / x;
      return x - Math.log(x);
    };
    expect(minimise(logarithmic, Float64Array.of(40)).point[0]).toBeCloseTo(1, 6);
    expect(() => minimise(logarithmic, Float64Array.of(-1))).toThrow('start is not finite');
  });
});
