// `node scripts/kernel/build.mjs`: compiles the kernel of K-Means, and writes its bytes where it is loaded from.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tools = fileURLToPath(new URL('.', import.meta.url));
const kernel = join(tools, '..', '..', 'pipeline', 'statistics', 'clustering', 'kernel');
const source = join(kernel, 'kernel.assembly.ts');
const target = join(kernel, 'kernel-bytes.ts');

/** AssemblyScript, once for each state of its lock file. */
function installTools() {
  const lock = readFileSync(join(tools, 'package-lock.json'), 'utf8');
  const marker = join(tools, 'node_modules', '.strata-installed');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lock) return;
  const npm = { cwd: tools, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' };
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], npm);
  if (done.status !== 0) throw new Error('AssemblyScript could not be installed');
  writeFileSync(marker, lock);
}

/** The bytes of the WebAssembly module. */
function compile() {
  const folder = mkdtempSync(join(tmpdir(), 'strata-kernel-'));
  try {
    const output = join(folder, 'kernel.wasm');
    const compiler = join(tools, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
    const memory = ['--runtime', 'stub', '--importMemory', '--use', 'abort='];
    const speed = ['--optimizeLevel', '3', '--converge', '--noAssert', '--enable', 'simd'];
    const args = [compiler, source, ...memory, ...speed, '--outFile', output];
    const done = spawnSync(process.execPath, args, { stdio: ['ignore', 2, 2] });
    if (done.status !== 0) throw new Error('AssemblyScript could not compile the kernel');
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

installTools();
const bytes = compile();
const sources = readdirSync(kernel).filter((name) => name.endsWith('.assembly.ts'));
const hash = createHash('sha256');
// Git may have given the sources other line ends.
for (const name of sources.sort()) {
  hash.update(readFileSync(join(kernel, name), 'utf8').replaceAll('\r\n', '\n'));
}
const digest = hash.digest('hex');
writeFileSync(
  target,
  `// Made by scripts/kernel/build.mjs from the *.assembly.ts beside it; change these, and make it again.

/** Of the sources that the bytes were compiled from, by name. */
export const KERNEL_SOURCE_SHA256 =
  '${digest}';

export const KERNEL_BASE64 =
  '${bytes.toString('base64')}';
`,
);
process.stdout.write(`${bytes.length} bytes from sources of sha256 ${digest}\n`);
