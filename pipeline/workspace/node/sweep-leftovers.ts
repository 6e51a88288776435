import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where unfinished work lies while a process is at it, and what its names look like. */
const leftovers: readonly (readonly [folder: string, name: RegExp])[] = [
  ['.strata', /\.part$/],
  ['uploads', /\.part$/],
  ['tmp', /^(?:owner|notebook)-sql-/],
];

/**
 * Removes what killed processes left in a workspace. The caller holds the warehouse's lock, so whoever made it is dead:
 * a host writes under that lock, and an owner's query has the warehouse locked for reading as long as it runs.
 */
export async function sweepLeftovers(workspace: string): Promise<void> {
  for (const [folder, name] of leftovers) {
    const found = await readdir(join(workspace, folder)).catch(() => []);
    for (const entry of found.filter((one) => name.test(one))) {
      // What cannot be removed is only untidy: the workspace works with it.
      await rm(join(workspace, folder, entry), { recursive: true, force: true }).catch(() => {});
    }
  }
}
