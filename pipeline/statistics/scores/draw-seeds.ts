import { createRandom } from '../random.ts';

/**
 * Seeds for the repetitions of one seed's work, each to be done anywhere: more of them begin with the
 * same ones.
 */
export function drawSeeds(seed: number, count: number): readonly number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.integer(2 ** 32));
}
