// Runs the notebooks of notebooks/ on workspaces of their own and writes what they show into them:
// node scripts/run-notebooks.ts [ONLINE_RETAIL_FILE]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const notebooks = join(root, 'notebooks');
const [retail] = process.argv.slice(2);

function strata(...args: readonly string[]): void {
  execFileSync(process.execPath, [join(root, 'pipeline/cli/strata.mjs'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const folder = mkdtempSync(join(tmpdir(), 'strata-notebooks-'));
try {
  const shop = join(folder, 'demo');
  const uci = join(folder, 'uci');
  strata('demo', '--workspace', shop);
  if (retail !== undefined) {
    strata('ingest', 'file', retail, '--preset', 'online_retail', '--workspace', uci);
    strata('run', '--workspace', uci);
  }
  for (const name of readdirSync(notebooks).filter((file) => file.endsWith('.ipynb'))) {
    const isRetail = name.includes('online-retail');
    if (isRetail && retail === undefined) {
      process.stdout.write(`${name}: left as it is, its file was not given\n`);
      continue;
    }
    const path = join(notebooks, name);
    strata('notebook', 'run', path, '--workspace', isRetail ? uci : shop, '--out', path);
    process.stdout.write(`${name}: written\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
