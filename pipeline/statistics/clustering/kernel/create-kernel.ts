import type { Kernel, Points, Precision } from './kernel.ts';
import { createPlainKernel } from './plain-kernel.ts';
import { createSimdKernel } from './simd-kernel.ts';

/** The fastest kernel that works here: where there are no vector instructions, Float64 whatever is asked for. */
export function createKernel(points: Points, k: number, precision: Precision): Kernel {
  return createSimdKernel(points, k, precision) ?? createPlainKernel(points, k);
}
