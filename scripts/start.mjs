// `npm start`: installs and builds what is missing, then opens the workbench in demo mode: in a window of its own where
// Electron and a display are there, else in the browser.
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { buildReaderBeside, ensureBuilt } from './build.mjs';
import { runDesktop } from './desktop.mjs';
import { electronProgram, fetchElectron, hasDisplay, whyNoElectron } from './electron-program.mjs';
import { ensureInstalled, root } from './install.mjs';
import { openBrowser } from './open-browser.mjs';
import { runStrata } from './strata.mjs';

const args = process.argv.slice(2);
const own = new Set(['--no-open', '--browser']);
const passed = args.filter((arg) => !own.has(arg));
const open = !args.includes('--no-open');
const help = passed.includes('--help') || passed.includes('-h');

/** Why the page is served to a browser, or null where a window can be opened. */
function whyBrowser() {
  if (!open) return '--no-open was given';
  if (args.includes('--browser')) return '--browser was given';
  if (help || passed.some((arg) => arg.startsWith('--port')))
    return 'an option of "strata serve" was given';
  if (!hasDisplay()) return 'there is no display';
  const why = whyNoElectron();
  if (why !== null) return why;
  if (electronProgram() !== undefined) return null;
  const tried = join(root, 'node_modules', '.strata-electron-tried');
  // Once: whoever is offline is not kept waiting at each start.
  if (existsSync(tried) || !fetchElectron()) {
    try {
      writeFileSync(tried, '');
    } catch {
      // An installation that belongs to somebody else is asked again the next time.
    }
    return 'Electron is not installed ("npm run desktop" tries to fetch it)';
  }
  return null;
}

function workspaceFolder() {
  const at = passed.indexOf('--workspace');
  const joined = passed.find((arg) => arg.startsWith('--workspace='))?.slice('--workspace='.length);
  const named = joined ?? (at === -1 ? process.env.STRATA_WORKSPACE : passed[at + 1]);
  return resolve(process.env.INIT_CWD ?? process.cwd(), named ?? 'strata-workspace');
}

function serve() {
  ensureBuilt();
  const child = runStrata(['serve', ...(help ? [] : ['--demo']), ...passed], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`);
    const [address] = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/.exec(line) ?? [];
    if (address === undefined) return;
    if (open && hasDisplay()) child.once('exit', openBrowser(address));
    process.stdout.write('Press Ctrl-C to end.\n');
    buildReaderBeside();
  });
}

ensureInstalled();
const reason = whyBrowser();
if (reason === null) {
  process.stderr.write('Opening the workbench in a window of its own.\n');
  runDesktop(['--demo', workspaceFolder()], () => {
    process.stderr.write('The window could not be opened: serving the workbench to a browser.\n');
    serve();
  });
} else {
  process.stderr.write(`Serving the workbench to a browser: ${reason}.\n`);
  serve();
}
