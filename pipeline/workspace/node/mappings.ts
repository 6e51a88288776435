import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import {
  type CompiledMapping,
  compileMapping,
  type Mapping,
  parseMapping,
} from '../../mapping/mapping.ts';
import { presets } from '../../mapping/presets.ts';

/** The shipped presets and the workspace's own mappings/NAME.json, which win over a preset of the same name. */
export function workspaceMappings(workspace: string): Map<string, Mapping> {
  const folder = join(workspace, 'mappings');
  const all = new Map(presets);
  if (!existsSync(folder)) return all;
  for (const file of readdirSync(folder, { withFileTypes: true })) {
    if (!file.isFile() || !file.name.endsWith('.json')) continue;
    const name = file.name.slice(0, -'.json'.length);
    const mapping = parseMapping(readFileSync(join(folder, file.name), 'utf8'), name);
    if (mapping.name !== name) {
      const problem = `it stands in ${file.name}, so its name must be "${name}"`;
      throw new AppError('MAPPING_INVALID', { mapping: mapping.name, problem });
    }
    all.set(name, mapping);
  }
  return all;
}

export function requireMapping(workspace: string, preset: string): CompiledMapping {
  const all = workspaceMappings(workspace);
  const found = all.get(preset);
  if (found === undefined) {
    throw new AppError('PRESET_UNKNOWN', { preset, known: [...all.keys()].join(', ') });
  }
  return compileMapping(found);
}
