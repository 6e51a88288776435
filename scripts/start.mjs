// `npm start`: installs and builds what is missing, then opens the workbench in demo mode.
import { createInterface } from 'node:readline';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { openBrowser } from './open-browser.mjs';
import { runStrata } from './strata.mjs';

const args = process.argv.slice(2);
const open = !args.includes('--no-open');
const passed = args.filter((arg) => arg !== '--no-open');

const hasDisplay =
  process.platform !== 'linux' ||
  process.env.DISPLAY !== undefined ||
  process.env.WAYLAND_DISPLAY !== undefined;

ensureInstalled();
ensureBuilt();
process.stderr.write(
  'Serving the workbench to a browser: the desktop window is not part of Strata yet.\n',
);
const help = passed.includes('--help') || passed.includes('-h');
const child = runStrata(['serve', ...(help ? [] : ['--demo']), ...passed], {
  stdio: ['inherit', 'pipe', 'inherit'],
});
createInterface({ input: child.stdout }).on('line', (line) => {
  process.stdout.write(`${line}\n`);
  const [address] = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/.exec(line) ?? [];
  if (address === undefined) return;
  if (open && hasDisplay) child.once('exit', openBrowser(address));
  process.stdout.write('Press Ctrl-C to end.\n');
});
