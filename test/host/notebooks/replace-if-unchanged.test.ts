import { linkSync, renameSync, writeFileSync } from 'node:fs';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  replaceIfUnchanged,
  versionOf,
} from '../../../pipeline/host/node/notebooks/replace-if-unchanged.ts';
import { temporaryFolder } from '../../helpers/temporary-workspace.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = join(folder, 'a.ipynb');
  await writeFile(path, 'as read');
});

const files = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(folder)).map(async (name) => [
        name,
        await readFile(join(folder, name), 'utf8'),
      ]),
    ),
  );

/** Another editor saves right before our link, or between the link and the rename. */
const disturbed = (at: 'link' | 'rename', save: () => void) => {
  let saved = false;
  const first =
    <T extends unknown[]>(name: typeof at, act: (...paths: T) => void) =>
    (...paths: T) => {
      if (name === at && !saved) {
        saved = true;
        save();
      }
      act(...paths);
    };
  return { link: first('link', linkSync), rename: first('rename', renameSync) };
};
const inPlace = () => writeFileSync(path, 'theirs');
const byRename = () => {
  writeFileSync(join(folder, 'theirs.tmp'), 'theirs');
  renameSync(join(folder, 'theirs.tmp'), path);
};

const ours = () => ({ path, text: 'ours', expected: versionOf('as read') });

describe('a file that holds what was read', () => {
  test('is replaced, and nothing is left beside it', async () => {
    expect(await replaceIfUnchanged(ours())).toBe(true);
    expect(await files()).toEqual({ 'a.ipynb': 'ours' });
  });

  test.skipIf(process.platform === 'win32').each(['600', '664', '755'])(
    'is replaced by one that lets in whom it let in, no more and no fewer (mode %s; not on Windows)',
    async (octal) => {
      const mode = Number.parseInt(octal, 8);
      await chmod(path, mode);
      expect(await replaceIfUnchanged(ours())).toBe(true);
      expect((await stat(path)).mode & 0o777).toBe(mode);
    },
  );

  test('is replaced on a file system without links', async () => {
    const link = (): never => {
      throw Object.assign(new Error('no links'), { code: 'EPERM' });
    };
    expect(await replaceIfUnchanged(ours(), { link, rename: renameSync })).toBe(true);
    const made = { path: join(folder, 'b.ipynb'), text: 'new', expected: null };
    expect(await replaceIfUnchanged(made, { link, rename: renameSync })).toBe(true);
    expect(await replaceIfUnchanged(made, { link, rename: renameSync })).toBe(false);
    expect(await files()).toEqual({ 'a.ipynb': 'ours', 'b.ipynb': 'new' });
  });
});

describe('a file that another editor saves in the last moment', () => {
  test.each([
    ['link', 'in its place', inPlace],
    ['link', 'by a rename', byRename],
    ['rename', 'in its place', inPlace],
  ] as const)('before our %s, %s, stays theirs', async (at, _, save) => {
    expect(await replaceIfUnchanged(ours(), disturbed(at, save))).toBe(false);
    expect(await files()).toEqual({ 'a.ipynb': 'theirs' });
  });

  test('and once more after our rename, is kept under both names', async () => {
    let renames = 0;
    const rename = (from: string, to: string) => {
      if (renames++ === 0) inPlace();
      renameSync(from, to);
      if (renames === 1) writeFileSync(path, 'theirs again');
    };
    expect(await replaceIfUnchanged(ours(), { link: linkSync, rename })).toBe(false);
    expect(await files()).toEqual({ 'a.ipynb': 'theirs again', 'a (theirs).ipynb': 'theirs' });
  });

  test('where none was expected, is not replaced', async () => {
    expect(await replaceIfUnchanged({ path, text: 'ours', expected: null })).toBe(false);
    expect(await files()).toEqual({ 'a.ipynb': 'as read' });
  });

  test('or removes, is not made again', async () => {
    const gone = { ...ours(), path: join(folder, 'gone.ipynb') };
    expect(await replaceIfUnchanged(gone)).toBe(false);
    expect(await files()).toEqual({ 'a.ipynb': 'as read' });
  });
});

test('of two that replace one version at once, one does', async () => {
  const all = ['one', 'two', 'three', 'four'].map((text) =>
    replaceIfUnchanged({ path: join(folder, 'new.ipynb'), text, expected: null }),
  );
  expect((await Promise.all(all)).filter(Boolean)).toHaveLength(1);
});
