import { AppError } from '../../../contract/errors.ts';

const units: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 };

function bytes(limit: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgt])(i?)b\s*$/i.exec(limit);
  if (match === null) {
    throw new AppError('BAD_USAGE', { problem: `"${limit}" is not an amount of memory like 2GB.` });
  }
  const [, amount = '', unit = '', binary = ''] = match;
  return Number(amount) * (binary === '' ? 1000 : 1024) ** (units[unit.toLowerCase()] ?? 0);
}

/** What a process with DuckDB's memory limit may spill to the disk, tables that it holds included, as DuckDB takes it. */
export function spillLimit(memoryLimit: string): string {
  return `${Math.floor((4 * bytes(memoryLimit)) / 1e6)}MB`;
}

/** What a process with DuckDB's memory limit may take before it ends itself: DuckDB does not count every allocation. */
export function residentLimit(memoryLimit: string): number {
  return 2 * bytes(memoryLimit) + 512e6;
}
