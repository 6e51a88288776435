import { type Book, dependentsOf, keepsResult } from './assess.ts';
import { type CellRecord, isRunnable, sameBasis } from './cell-record.ts';

/** Whether a change of the cell itself runs it, and all that reads it, in a reactive notebook. */
function startsRuns({ work, ran, fault }: CellRecord): boolean {
  if (ran || fault !== null) return true;
  return work.kind === 'input' || work.kind === 'chart' || work.kind === 'panel';
}

/** The cells that a reactive notebook runs when these were changed. */
export function idsToRun(changed: Iterable<string>, book: Book): string[] {
  const seeds = [...changed].filter((id) => {
    const record = book.records.get(id);
    return record !== undefined && startsRuns(record);
  });
  return [...new Set([...seeds, ...dependentsOf(seeds, book)])].filter((id) => {
    const record = book.records.get(id);
    return record !== undefined && isRunnable(record) && !record.current;
  });
}

/** A cell that cannot run says so, and why, before anybody runs it; true where its state is another. */
export function showRest(record: CellRecord): boolean {
  const { fault, work, status, error } = record;
  const isMended = status === 'failed' && record.failed === null && record.running === null;
  if (isRunnable(record) && !isMended) return false;
  if (fault !== null) {
    record.status = 'failed';
    record.failed = null;
  } else if (work.kind === 'input') record.status = 'done';
  else record.status = isRunnable(record) && record.ran ? 'stale' : 'idle';
  record.error = fault;
  return record.status !== status || record.error?.message !== error?.message;
}

/** What was run before and is out of date, by whatever change; what somebody cancelled or cleared stays as it is. */
export function isOverdue(record: CellRecord): boolean {
  const { ran, running, current, status, failed, basis } = record;
  if (!ran || current || running !== null || !isRunnable(record) || keepsResult(record))
    return false;
  return (
    status === 'done' || status === 'stale' || (status === 'failed' && !sameBasis(failed, basis))
  );
}

/** A result that is not what running its cell would give is stale, and one that is so again is not. */
export function showAge(record: CellRecord): boolean {
  const { status, current } = record;
  if (!isRunnable(record) || record.running !== null) return false;
  if (status === 'done' && !current) {
    record.status = record.ran ? 'stale' : 'idle';
    return true;
  }
  if ((status !== 'stale' && status !== 'failed') || !current) return false;
  record.status = record.shown ? 'done' : 'idle';
  record.error = null;
  return true;
}

/** What failed is tried again where somebody asks for it, or for what reads it, by hand. */
export function forgetFailures(id: string, book: Book): void {
  const open = [id];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const record = book.records.get(next);
    if (record !== undefined) record.failed = null;
    for (const needed of book.needs.get(next) ?? []) {
      if (!seen.has(needed)) open.push(needed);
      seen.add(needed);
    }
  }
}

/** A cell that was run and is now none that runs: what it gave was another's. */
export function isAbandoned({ ran, running, fault, work }: CellRecord): boolean {
  return (
    ran && running === null && fault === null && (work.kind === 'input' || work.kind === 'nothing')
  );
}
