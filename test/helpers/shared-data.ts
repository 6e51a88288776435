import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the data that lies beside the checkout, or where STRATA_SHARED_DATA says; null where it is not there. */
export function sharedData(name: string): string | null {
  const beside = fileURLToPath(new URL('../../../shared/data', import.meta.url));
  const path = join(process.env['STRATA_SHARED_DATA'] ?? beside, name);
  return existsSync(path) ? path : null;
}
