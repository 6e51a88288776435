/** Repeatable random numbers: the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1), all 53 bits used. */
  float(): number;
  /** Uniform in 0 .. n - 1, without modulo bias; n from 1 to 2^32. */
  integer(n: number): number;
  /** Standard normal. */
  normal(): number;
  /** `size` different numbers of 0 .. population - 1, rising. */
  sample(population: number, size: number): Int32Array;
}

const WARM_UP = 12;
const TWO_32 = 2 ** 32;

/** The generator sfc32 of PractRand (Chris Doty-Humphrey), seeded as there: its raw 32-bit outputs. */
function createSfc32(seed: number): () => number {
  let a = 0;
  let b = seed | 0;
  let c = Math.floor(seed / TWO_32) | 0;
  let counter = 1;
  const next = (): number => {
    const output = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + output) | 0;
    return output >>> 0;
  };
  for (let round = 0; round < WARM_UP; round += 1) next();
  return next;
}

/** Marsaglia's polar method (1964); the second of each pair is kept for the next call. */
function createNormal(float: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const x = 2 * float() - 1;
      const y = 2 * float() - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
}

/** `seed` is a whole number from 0 to 2^53 - 1; RangeError otherwise. */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`A seed is a whole number from 0 to 2^53 - 1, not ${seed}.`);
  }
  const next = createSfc32(seed);
  const float = (): number => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;

  function integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > TWO_32) {
      throw new RangeError(`A bound is a whole number from 1 to 2^32, not ${n}.`);
    }
    const fair = TWO_32 - (TWO_32 % n);
    let value = next();
    while (value >= fair) value = next();
    return value % n;
  }

  // Selection sampling: Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm S.
  function sample(population: number, size: number): Int32Array {
    if (size < 0 || size > population) {
      throw new RangeError(`${size} different numbers cannot be taken from ${population}.`);
    }
    const chosen = new Int32Array(size);
    let taken = 0;
    for (let index = 0; taken < size; index += 1) {
      if (float() * (population - index) >= size - taken) continue;
      chosen[taken] = index;
      taken += 1;
    }
    return chosen;
  }

  return { float, integer, normal: createNormal(float), sample };
}
