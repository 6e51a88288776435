// `npm run bench -- NAME`: hands over to the pinned Node.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { builtCli, ensureBuilt } from './build.mjs';
import { ensureInstalled, pinnedNode, root } from './install.mjs';

ensureInstalled();
const args = process.argv.slice(2);
if (args[0] === 'start' || args[0] === 'segmentation') ensureBuilt();
const done = spawnSync(pinnedNode, [join(root, 'bench', 'main.ts'), ...args], {
  cwd: root,
  stdio: 'inherit',
  // What `npm run strata` starts.
  env: { ...process.env, STRATA_CLI: builtCli() },
});
process.exitCode = done.status ?? 1;
