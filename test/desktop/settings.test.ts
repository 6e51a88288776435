import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Settings } from '../../electron/settings.ts';
import { placement, type WindowState } from '../../electron/window-state.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

const state: WindowState = {
  bounds: { x: 10, y: 20, width: 900, height: 700 },
  maximized: false,
  zoom: 1,
};

describe('the settings of the application', () => {
  test('survive a restart; the latest workspace comes first, once, and ten are enough', async () => {
    const path = join(await temporaryFolder(), 'deep', 'desktop.json');
    const settings = new Settings(path);
    for (let i = 0; i < 12; i += 1) settings.addRecent(`/w${i}`);
    settings.addRecent('/w5');
    settings.keepWindow('/w5', state);
    const again = new Settings(path);
    expect(again.recents).toEqual([
      '/w5',
      '/w11',
      '/w10',
      '/w9',
      '/w8',
      '/w7',
      '/w6',
      '/w4',
      '/w3',
      '/w2',
    ]);
    expect(again.windowState('/w5')).toEqual(state);
    expect(again.windowState('/w6')).toBeNull();
    expect(again.windowState('__proto__')).toBeNull();
    expect(again.updateFeed).toBeNull();
  });

  test.each([
    'not json',
    'null',
    '[]',
    '{"recents":"x","windows":5}',
    '{"recents":[1,{}],"windows":{"/a":{"bounds":{"x":"1"}}},"updateFeed":""}',
  ])('that are damaged (%s) cost nobody the start', async (text) => {
    const path = join(await temporaryFolder(), 'desktop.json');
    writeFileSync(path, text);
    const settings = new Settings(path);
    expect([settings.recents, settings.windowState('/a'), settings.updateFeed]).toEqual([
      [],
      null,
      null,
    ]);
    settings.addRecent('/b');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ recents: ['/b'] });
  });

  test('that cannot be written are no reason to stop', async () => {
    const path = join(await temporaryFolder(), 'desktop.json');
    mkdirSync(`${path}.new`);
    const settings = new Settings(path);
    settings.addRecent('/a');
    expect(settings.recents).toEqual(['/a']);
  });
});

describe('a window', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };

  test('comes back where it was while a screen still shows enough of it to take hold of', () => {
    expect(placement(state, [screen])).toEqual(state);
    const second = { x: 1920, y: 0, width: 1920, height: 1080 };
    const there = { ...state, bounds: { ...state.bounds, x: 2000 } };
    expect(placement(there, [screen, second]).bounds).toEqual(there.bounds);
    const middle = { x: 240, y: 60, width: 1440, height: 960 };
    expect(placement(there, [screen]).bounds).toEqual(middle);
    const above = { ...state, bounds: { ...state.bounds, y: -300 } };
    expect(placement(above, [screen]).bounds).toEqual(middle);
  });

  test('fits a small screen, and keeps a size that can be worked with', () => {
    const small = { x: 0, y: 25, width: 1024, height: 640 };
    expect(placement(null, [small]).bounds).toEqual(small);
    const tiny = { ...state, bounds: { x: 0, y: 0, width: 3, height: 3 } };
    expect(placement(tiny, [screen]).bounds.width).toBeGreaterThanOrEqual(640);
  });
});
