import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { orderModels } from '../order-models.ts';
import { parseModel, type SqlModel } from '../sql-model.ts';

const folder = fileURLToPath(new URL('../../models', import.meta.url));

/** The shipped models of some layers, in the order in which they can be made. */
export function loadModels(...layers: readonly ('silver' | 'features' | 'gold')[]): SqlModel[] {
  const models = layers.flatMap((layer) =>
    readdirSync(join(folder, layer))
      .filter((file) => file.endsWith('.sql'))
      .map((file) =>
        parseModel(readFileSync(join(folder, layer, file), 'utf8'), `${layer}/${file}`),
      ),
  );
  return orderModels(models);
}
