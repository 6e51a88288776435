import type { Matrix } from '../statistics/matrix.ts';

/** Room for so many numbers where workers can read them without a copy each, if that is to be had here. */
export function sharedFloats(length: number): Float64Array {
  if (typeof SharedArrayBuffer === 'undefined') return new Float64Array(length);
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** The matrix with its values where workers can read them without a copy each, if that is to be had here. */
export function shareMatrix(matrix: Matrix): Matrix {
  if (typeof SharedArrayBuffer === 'undefined') return matrix;
  const values = new Float64Array(new SharedArrayBuffer(matrix.values.byteLength));
  values.set(matrix.values);
  return { ...matrix, values };
}

/** Whether workers read its values without a copy each. */
export function isShared({ values }: Matrix): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && values.buffer instanceof SharedArrayBuffer;
}

/** The same for whole numbers. */
export function shareNumbers(numbers: Int32Array): Int32Array {
  if (typeof SharedArrayBuffer === 'undefined') return numbers;
  const shared = new Int32Array(new SharedArrayBuffer(numbers.byteLength));
  shared.set(numbers);
  return shared;
}

/** The same for columns. */
export function shareColumns(columns: readonly Float64Array[]): Float64Array[] {
  if (typeof SharedArrayBuffer === 'undefined') return [...columns];
  return columns.map((column) => {
    const shared = new Float64Array(new SharedArrayBuffer(column.byteLength));
    shared.set(column);
    return shared;
  });
}
