// `npm run strata -- COMMAND`: installs what is missing, then hands over to the pinned Node.
import { spawn } from 'node:child_process';
import { builtCli, ensureBuilt, ensureReaderBuilt } from './build.mjs';
import { ensureInstalled, pinnedNode } from './install.mjs';

/** Runs the command line in the caller's folder and ends as it ends. */
export function runStrata(args, options = {}) {
  const child = spawn(pinnedNode, [builtCli(), ...args], {
    // npm runs scripts in the project's folder; the user stood somewhere else, perhaps.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: options.stdio ?? 'inherit',
  });
  // Ctrl-C reaches the child by itself; this process waits for it to end in order.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 130);
  });
  return child;
}

if (process.argv[1]?.endsWith('strata.mjs')) {
  ensureInstalled();
  const args = process.argv.slice(2);
  if (args[0] === 'serve') ensureBuilt();
  if (args[0] === 'serve' || args.slice(0, 2).join(' ') === 'notebook export') ensureReaderBuilt();
  runStrata(args);
}
