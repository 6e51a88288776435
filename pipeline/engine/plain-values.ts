/** Rounds down before 1970, too, where BigInt's own division rounds up. */
export function floorDivide(value: bigint, divisor: bigint): bigint {
  return (value - (((value % divisor) + divisor) % divisor)) / divisor;
}

/** Microseconds since 1970 as ISO 8601 in UTC. */
export function isoTimestamp(micros: bigint): string {
  const milliseconds = Number(floorDivide(micros, 1000n));
  if (Math.abs(milliseconds) > 8.64e15) return micros > 0n ? 'infinity' : '-infinity';
  const text = new Date(milliseconds).toISOString();
  return text.endsWith('.000Z') ? text.replace('.000Z', 'Z') : text;
}

/** Milliseconds since 1970 as YYYY-MM-DD. */
export const isoDate = (milliseconds: bigint): string =>
  isoTimestamp(milliseconds * 1000n).replace(/T.*/, '');

/** An integer as a number where a double carries it. */
export function plainInteger(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
}

/** Every decimal of 15 digits survives a double; of those with more some come back as their neighbour. */
const SAFE_DECIMAL = 10n ** 15n;

/** A DECIMAL as a number where a double carries it to the last digit, otherwise as its text. */
export function plainDecimal(scaled: bigint, text: string): number | string {
  return scaled > -SAFE_DECIMAL && scaled < SAFE_DECIMAL ? Number(text) : text;
}
