/** Mixes a word into 32 bits: the step and the end of MurmurHash3 (Appleby 2011). */
function mix(state: number, word: number): number {
  let hash = Math.imul(state ^ Math.imul(word, 0xcc9e2d51), 0x1b873593) + 0xe6546b64;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** A seed of 53 bits for one of many independent streams of random numbers under one seed. */
export function streamSeed(seed: number, ...stream: readonly number[]): number {
  const words = [seed | 0, Math.floor(seed / 2 ** 32), ...stream];
  const high = words.reduce(mix, 0x9e3779b9);
  const low = words.reduce(mix, 0x7f4a7c15);
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
