import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { askedBy, isRemote, pathOfLink, targetOf } from '../../electron/open-target.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

test('a folder is a workspace, a .strata file marks one, data and notebooks are told by their names', async () => {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, 'shop.csv'));
  writeFileSync(join(folder, 'shop.strata'), '');
  const at = (name: string): string => join(folder, name);
  expect(targetOf('.', folder)).toEqual({ kind: 'workspace', folder });
  expect(targetOf('shop.csv', folder)).toEqual({ kind: 'workspace', folder: at('shop.csv') });
  expect(targetOf('shop.strata', folder)).toEqual({ kind: 'workspace', folder });
  expect(targetOf('strata.json', folder)).toEqual({ kind: 'workspace', folder });
  expect(targetOf('new', folder)).toEqual({ kind: 'workspace', folder: at('new') });
  expect(targetOf('ORDERS.CSV', folder)).toEqual({ kind: 'data', path: at('ORDERS.CSV') });
  expect(targetOf('a.ndjson.gz', folder)).toEqual({ kind: 'data', path: at('a.ndjson.gz') });
  expect(targetOf('tour.ipynb', folder)).toEqual({ kind: 'notebook', path: at('tour.ipynb') });
  expect(targetOf('setup.exe', folder)).toEqual({ kind: 'unknown', path: at('setup.exe') });
});

test('a command line names what to open, among switches and after the folder of a development build', () => {
  const args = ['/usr/bin/electron', '--no-sandbox', '/app', '--demo', 'a.csv', '--inspect=0'];
  const development = askedBy(args, { from: '/data', isPackaged: false });
  expect(development).toEqual({
    targets: [{ kind: 'data', path: resolve('/data/a.csv') }],
    links: [],
    demo: true,
  });
  const packaged = askedBy(['/opt/strata', 'a.csv', 'strata://open?file=/b.csv'], {
    from: '/data',
    isPackaged: true,
  });
  expect(packaged).toEqual({
    targets: [{ kind: 'data', path: resolve('/data/a.csv') }],
    links: ['/b.csv'],
    demo: false,
  });
});

test('a link opens a place that it names in full, and nothing else', () => {
  expect(pathOfLink('strata://open?file=%2Fdata%2Fa.csv')).toBe('/data/a.csv');
  expect(pathOfLink('strata://open?folder=C:%5Cshop')).toBe('C:\\shop');
  expect(isRemote('//elsewhere/share/a.csv')).toBe(true);
  for (const link of [
    'strata://run?file=/a.csv',
    'strata://open?file=a.csv',
    'strata://open?file=/data/../etc/a.csv',
    'strata://open',
    'strata://open?file=%5C%5Celsewhere%5Cshare%5Ca.csv',
    'strata://open?file=//elsewhere/share/a.csv',
    'https://open?file=/a.csv',
    'strata:',
    'not a link',
  ]) {
    expect([link, pathOfLink(link)]).toEqual([link, null]);
  }
});
