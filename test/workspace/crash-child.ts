import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compileMapping } from '../../pipeline/mapping/mapping.ts';
import { presets } from '../../pipeline/mapping/presets.ts';
import { ingestFile } from '../../pipeline/sources/files/node/ingest-file.ts';
import { loadModels } from '../../pipeline/transform/node/load-models.ts';
import { silverStep } from '../../pipeline/transform/silver-step.ts';
import { openWorkspace } from '../../pipeline/workspace/node/workspace.ts';

/** Ingests every file of a folder and transforms after each; its parent ends it when it likes. */
const [path = '', files = ''] = process.argv.slice(2);
const bank = presets.get('bank');
if (bank === undefined) throw new Error('no preset bank');
const compiled = compileMapping(bank);
const workspace = await openWorkspace(path, { create: true });
process.send?.('open');
const transform = () =>
  silverStep(workspace.writer, { models: loadModels('silver'), runId: 1, now: () => new Date() });
for (const file of readdirSync(files).toSorted()) {
  await ingestFile(workspace.writer, { path: join(files, file), compiled });
  await transform();
}
await transform();
await workspace.close();
