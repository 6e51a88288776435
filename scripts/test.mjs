// `npm test`: installs what is missing, runs every test, ends with one line of counts.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureBuilt, ensureReaderBuilt } from './build.mjs';
import { ensureInstalled, pinnedNode, root } from './install.mjs';
import { prepareTools, temporaryFolder } from './test-tools.mjs';

ensureInstalled();
ensureBuilt();
ensureReaderBuilt();
const { environment, missing } = prepareTools();
const { folder, done } = temporaryFolder();
const results = join(folder, 'results.json');

// Windows spells it Path, and a second one would hide it.
const pathName = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';

const run = spawnSync(
  pinnedNode,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...environment,
      [pathName]: `${join(root, 'node_modules', '.bin')}${delimiter}${environment[pathName] ?? ''}`,
    },
  },
);

const report = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
done();

const tests = (report?.testResults ?? []).flatMap((file) => file.assertionResults ?? []);
const count = (...states) => tests.filter(({ status }) => states.includes(status)).length;
const passed = count('passed');
const skipped = count('pending', 'skipped', 'todo', 'disabled');
// A file that could not even be loaded has no tests, and counts as one that failed.
const broken = (report?.testResults ?? []).filter(
  (file) =>
    file.status === 'failed' &&
    !(file.assertionResults ?? []).some(({ status }) => status === 'failed'),
).length;
const failed = count('failed') + broken + (report === undefined ? 1 : 0);

for (const test of tests.filter(({ status }) => ['pending', 'skipped', 'todo'].includes(status))) {
  process.stdout.write(`skipped: ${test.fullName}\n`);
}
for (const line of missing) process.stdout.write(`missing: ${line}\n`);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 || run.status !== 0 || passed === 0 ? 1 : 0;
