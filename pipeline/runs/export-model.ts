import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '../engine/engine.ts';
import { latestModel } from '../segmentation/model-store.ts';
import { fileError } from '../workspace/node/file-error.ts';

/**
 * Puts the latest model beside the warehouse as a file of its own, for other tools and for keeping. The warehouse has it
 * too, in the transaction that trained it, so that a power cut between the two loses nothing: the next run writes it.
 */
export async function exportModel(connection: Connection, folder: string): Promise<void> {
  const model = await latestModel(connection);
  if (model === null) return;
  const path = join(folder, 'artifacts', `segmentation-v${model.version}.json`);
  if (existsSync(path)) return;
  try {
    await mkdir(join(folder, 'artifacts'), { recursive: true });
    await writeFile(`${path}.part`, `${JSON.stringify(model, null, 2)}\n`);
    await rename(`${path}.part`, path);
  } catch (error) {
    throw fileError(error, path);
  }
}
