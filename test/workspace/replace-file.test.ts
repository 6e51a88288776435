import { chmod, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replaceFile, writePart } from '../../pipeline/workspace/node/replace-file.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe.skipIf(process.platform === 'win32')('a file that is replaced (not on Windows)', () => {
  test.each(['600', '640', '664', '755'])(
    'lets in whom it let in before, as does the part on its way (mode %s)',
    async (octal) => {
      const mode = Number.parseInt(octal, 8);
      const folder = await temporaryFolder();
      const path = join(folder, 'a.ipynb');
      await writeFile(path, 'old');
      await chmod(path, mode);
      const part = await writePart(path, 'part');
      expect(await modeOf(part)).toBe(mode);
      await replaceFile(path, 'new');
      expect([await readFile(path, 'utf8'), await modeOf(path)]).toEqual(['new', mode]);
    },
  );

  test('is what every new file is where there was none, and where a link led nowhere', async () => {
    const folder = await temporaryFolder();
    const plain = join(folder, 'plain');
    await writeFile(plain, '');
    await symlink(join(folder, 'nowhere'), join(folder, 'link'));
    for (const name of ['new', 'link']) {
      await replaceFile(join(folder, name), name);
      expect(await modeOf(join(folder, name))).toBe(await modeOf(plain));
    }
    expect((await readdir(folder)).toSorted()).toEqual(['link', 'new', 'plain']);
  });
});
