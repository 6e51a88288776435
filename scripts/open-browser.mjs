import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const opener = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/**
 * Opens an address that carries a secret. Everybody on the machine can read a command line, so the browser is given a
 * page that only this user can read and that leads on to the address. Returns what removes the page.
 */
export function openBrowser(address) {
  const folder = mkdtempSync(join(tmpdir(), 'strata-open-'));
  const page = join(folder, 'open.html');
  const quoted = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${quoted}">
<title>Strata</title><a href="${quoted}">Open the workbench</a>\n`,
    { mode: 0o600, flag: 'wx' },
  );
  const [program, ...before] = opener[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...before, pathToFileURL(page).href], {
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => {});
  child.unref();
  return () => rmSync(folder, { recursive: true, force: true });
}
