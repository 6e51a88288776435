import { EventEmitter } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { keepGoneProcesses } from '../../electron/crash-log.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

afterEach(() => vi.useRealTimers());

function watched(folder: string) {
  const app = new EventEmitter();
  const logged: string[] = [];
  keepGoneProcesses(app as never, folder, (line) => logged.push(line));
  const page = { isDestroyed: vi.fn(() => false), reload: vi.fn() };
  const pageDies = (reason: string): boolean =>
    app.emit('render-process-gone', {}, page, { reason, exitCode: 5 });
  return { app, logged, page, pageDies };
}

test('a process that went down is written down with its reason, one line each', async () => {
  const folder = join(await temporaryFolder(), 'deep', 'crashes');
  const { app, logged, pageDies } = watched(folder);
  vi.useFakeTimers({ now: new Date('2026-11-21T08:00:00Z') });
  pageDies('oom');
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 9 });
  const lines = readFileSync(join(folder, 'gone.ndjson'), 'utf8').trimEnd().split('\n');
  const at = '2026-11-21T08:00:00.000Z';
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    { at, what: 'page', reason: 'oom', exitCode: 5 },
    { at, what: 'child', type: 'GPU', reason: 'crashed', exitCode: 9 },
  ]);
  expect(logged).toEqual(lines);
});

test('a page comes back three times a minute and then stays down, and again after a while', async () => {
  const { page, pageDies } = watched(await temporaryFolder());
  vi.useFakeTimers();
  for (let n = 0; n < 5; n += 1) pageDies('crashed');
  expect(page.reload).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(60_001);
  pageDies('crashed');
  expect(page.reload).toHaveBeenCalledTimes(4);
});

test('a page that ended in order, or whose window is gone, is not loaded again', async () => {
  const { page, pageDies } = watched(await temporaryFolder());
  pageDies('clean-exit');
  page.isDestroyed.mockReturnValue(true);
  pageDies('crashed');
  expect(page.reload).not.toHaveBeenCalled();
});

test('a log that cannot be written keeps no page from coming back', async () => {
  const file = join(await temporaryFolder(), 'file');
  writeFileSync(file, '');
  const { logged, page, pageDies } = watched(join(file, 'crashes'));
  pageDies('crashed');
  expect(page.reload).toHaveBeenCalledTimes(1);
  expect(logged[1]).toContain('could not be written down');
});
