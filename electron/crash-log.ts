import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';

/** A page that dies this often within this time would only die again. */
const RELOADS = 3;
const WITHIN_MS = 60_000;

/** Writes down, on this machine, which process went down and why, besides the dumps that Electron itself makes. */
export function keepGoneProcesses(app: App, folder: string, log: (line: string) => void): void {
  const keep = (what: string, details: object): void => {
    const line = JSON.stringify({ at: new Date().toISOString(), what, ...details });
    log(line);
    try {
      mkdirSync(folder, { recursive: true });
      appendFileSync(join(folder, 'gone.ndjson'), `${line}\n`);
    } catch (error) {
      log(`that could not be written down: ${String(error)}`);
    }
  };
  let reloads: number[] = [];
  app.on('render-process-gone', (_event, contents, details) => {
    keep('page', details);
    const now = Date.now();
    const again = reloads.filter((at) => now - at < WITHIN_MS);
    reloads = [...again, now];
    if (details.reason === 'clean-exit' || contents.isDestroyed()) return;
    if (again.length < RELOADS) contents.reload();
  });
  app.on('child-process-gone', (_event, details) => keep('child', details));
}
