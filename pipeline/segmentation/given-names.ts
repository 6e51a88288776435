import { AppError } from '../contract/errors.ts';
import type { Connection } from '../engine/engine.ts';

/** Two names that differ in letter case alone would be taken for one. */
export function sameName(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en') === b.toLocaleLowerCase('en');
}

/**
 * The names by id after some are given anew, all at once, so that two segments may swap theirs. Throws
 * SEGMENT_NAME_TAKEN where a given name would then be borne by two, one of them perhaps a segment of an earlier model.
 */
export function withGivenNames(
  names: ReadonlyMap<number, string>,
  given: ReadonlyMap<number, string>,
): Map<number, string> {
  const all = new Map([...names, ...given]);
  for (const [id, name] of given) {
    for (const [other, taken] of all) {
      if (other === id || !sameName(name, taken)) continue;
      throw new AppError('SEGMENT_NAME_TAKEN', { segment: other, name });
    }
  }
  return all;
}

/** Keeps names that the owner gave; belongs into a transaction. */
export async function keepGivenNames(
  connection: Connection,
  given: ReadonlyMap<number, string>,
): Promise<void> {
  for (const [id, name] of given) {
    await connection.run('delete from ops.segment_names where segment_id = $id', { id });
    await connection.run('insert into ops.segment_names values ($id, $name)', { id, name });
  }
}
