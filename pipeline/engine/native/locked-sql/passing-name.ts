import { constants, copyFileSync, existsSync, linkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessSettings } from './protocol.ts';

/**
 * Runs `attach` on another name of the warehouse's files, which is gone afterwards.
 * Once external access is off, DuckDB still lets COPY overwrite the files of its attached databases by their names,
 * even read-only ones. A name that no longer exists leads to nothing.
 */
export async function underPassingName(
  settings: ProcessSettings,
  attach: (path: string) => Promise<void>,
): Promise<void> {
  const passing = join(settings.temporary, 'warehouse.duckdb');
  const parts = ['', '.wal'].filter((end) => existsSync(settings.warehouse + end));
  for (const end of parts) {
    try {
      linkSync(settings.warehouse + end, passing + end);
    } catch {
      // A file system without hard links: a copy costs room but is as safe.
      copyFileSync(settings.warehouse + end, passing + end, constants.COPYFILE_FICLONE);
    }
  }
  try {
    await attach(passing);
  } finally {
    // Windows keeps an open file's name, but refuses to open it for writing a second time.
    if (process.platform !== 'win32') {
      for (const end of parts) rmSync(passing + end, { force: true });
    }
  }
}
