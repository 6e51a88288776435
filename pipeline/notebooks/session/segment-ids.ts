import { tableFromIPC } from '@uwdata/flechette';
import { AppError } from '../../contract/errors.ts';
import { givenNames, type SegmentIds } from '../figures/segment-colours.ts';
import type { TableEngine } from './ports.ts';

const sql = `select cast(segment_id as double) as id, segment_name as name
from gold.segment_kpis where segment_id is not null and segment_name is not null`;

/** What the workspace's segments are called now; the names that segments are given where there is no such table. */
export async function segmentIds(tables: TableEngine, signal: AbortSignal): Promise<SegmentIds> {
  try {
    const { id, name } = tableFromIPC(await tables.read({ sql }, { signal })).toColumns();
    const ids: readonly unknown[] = Array.from(id ?? []);
    const known = Array.from(name ?? [], (text, at) => [String(text), Number(ids[at])] as const);
    return known.length === 0 ? givenNames : new Map(known);
  } catch (error) {
    // A page that was shared, or a workspace of before the first run, has none.
    if (error instanceof AppError && error.code === 'SQL_INVALID') return givenNames;
    throw error;
  }
}
