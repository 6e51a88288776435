import { readFileSync, writeFileSync } from 'node:fs';

/** Numbers as they lie in memory, little endian on every machine that this runs on. */
export function writeNumbers(path: string, numbers: Float64Array | Int32Array): void {
  writeFileSync(path, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

function bytesOf(path: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  // Small files lie within a pool, where they may be unaligned.
  return buffer.slice(byteOffset, byteOffset + byteLength);
}

export function readFloats(path: string): Float64Array {
  return new Float64Array(bytesOf(path));
}

export function readIntegers(path: string): Int32Array {
  return new Int32Array(bytesOf(path));
}
