import { AppError } from '../contract/errors.ts';

/** An Arrow IPC stream as a call answers it; throws CANCELLED when the signal is aborted. */
export async function arrowBlob(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) {
    if (signal?.aborted === true) throw new AppError('CANCELLED', { what: 'The query' });
    parts.push(piece as Uint8Array<ArrayBuffer>);
  }
  return new Blob(parts, { type: 'application/vnd.apache.arrow.stream' });
}
