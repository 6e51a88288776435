import { tableFromIPC } from '@uwdata/flechette';

/** Every customer of a sweep: row i of each is the same customer. */
export interface SweepPoints {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The customer's cluster, for each k. */
  readonly labels: ReadonlyMap<number, Uint8Array>;
}

/** The end of the current task: what waits for the main thread goes first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function kOf(column: string): number | null {
  const found = /^k(\d+)$/.exec(column);
  return found === null ? null : Number(found[1]);
}

function floats(values: ArrayLike<number>): Float32Array {
  return values instanceof Float32Array ? values : new Float32Array(values);
}

function bytesOf(values: ArrayLike<number>): Uint8Array {
  return values instanceof Uint8Array ? values : new Uint8Array(values);
}

/** Reads an Arrow IPC stream with the columns x, y, k2, k3, ... a column a task, so that no page waits for all of it. */
export async function readSweepPoints(
  bytes: Uint8Array,
  pause: () => Promise<void> = nextTask,
): Promise<SweepPoints> {
  const table = tableFromIPC(bytes);
  await pause();
  const x = floats(table.getChild('x').toArray());
  const y = floats(table.getChild('y').toArray());
  const labels = new Map<number, Uint8Array>();
  for (const { name } of table.schema.fields) {
    const k = kOf(name);
    if (k === null) continue;
    await pause();
    labels.set(k, bytesOf(table.getChild(name).toArray()));
  }
  return { x, y, labels };
}
