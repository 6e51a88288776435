// `npm run check`: types, lint, format, dead code; every one runs even if an earlier one fails.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, pinnedNode, root } from './install.mjs';

ensureInstalled();

const checks = [
  { name: 'types', bin: 'typescript/bin/tsc', args: ['-b'] },
  { name: 'lint', bin: 'oxlint/bin/oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', bin: 'oxfmt/bin/oxfmt', args: ['--check', '.'] },
  { name: 'dead code', bin: 'knip/bin/knip.js', args: [] },
];

const failed = checks.filter(({ name, bin, args }) => {
  const done = spawnSync(pinnedNode, [join(root, 'node_modules', bin), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  process.stdout.write(`${done.status === 0 ? 'ok    ' : 'FAILED'}  ${name}\n`);
  if (done.status !== 0) process.stdout.write(`${done.stdout}${done.stderr}\n`);
  return done.status !== 0;
});
process.exitCode = failed.length === 0 ? 0 : 1;
