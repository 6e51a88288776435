import type { CellOutput, CellState } from '../../../pipeline/contract/notebook.ts';

/** Outputs come from files of others: what is nested deeper is taken for another. */
const deepest = 100;

/** Whether two values that came as JSON are the same; the order of keys says nothing. */
function sameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b) || depth > deepest) return false;
  const own = Object.entries(a);
  if (own.length !== Object.keys(b).length) return false;
  return own.every(
    ([key, value]) => Object.hasOwn(b, key) && sameJson(value, Reflect.get(b, key), depth + 1),
  );
}

/**
 * A state with the outputs that are shown, where the host tells the same again: it does while a cell waits and runs, and a
 * chart must not be drawn anew for that.
 */
export function withKeptOutputs(told: CellState, shown: CellState | undefined): CellState {
  if (shown === undefined || told.outputs.length === 0) return told;
  const outputs = told.outputs.map((output, at): CellOutput => {
    const old = shown.outputs[at];
    return old !== undefined && sameJson(old, output) ? old : output;
  });
  return outputs.some((output, at) => output !== told.outputs[at]) ? { ...told, outputs } : told;
}
