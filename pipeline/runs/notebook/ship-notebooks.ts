import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readNotebook } from '../../notebooks/document/read-notebook.ts';
import { runnableDigest } from '../../notebooks/document/runnable-digest.ts';
import { fileError } from '../../workspace/node/file-error.ts';
import { systemCode } from '../../workspace/node/system-code.ts';

const folder = fileURLToPath(new URL('../../../notebooks', import.meta.url));

async function shippedFiles(): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith('.ipynb')).toSorted();
}

/** Puts the notebooks that Strata ships into a workspace; a file that is there stays as it is. Gives those put there. */
export async function shipNotebooks(workspace: string): Promise<string[]> {
  const to = join(workspace, 'notebooks');
  const put: string[] = [];
  try {
    await mkdir(to, { recursive: true });
    for (const file of await shippedFiles()) {
      const copied = await copyFile(join(folder, file), join(to, file), constants.COPYFILE_EXCL)
        .then(() => true)
        .catch((error: unknown) => {
          if (systemCode(error) === 'EEXIST') return false;
          throw error;
        });
      if (copied) put.push(file);
    }
    return put;
  } catch (error) {
    throw fileError(error, to);
  }
}

async function digests(): Promise<ReadonlySet<string>> {
  const files = await shippedFiles();
  const all = files.map(async (file) =>
    runnableDigest(readNotebook(await readFile(join(folder, file)))),
  );
  return new Set(await Promise.all(all));
}

let known: Promise<ReadonlySet<string>> | undefined;

/** Whether what would run is what a shipped notebook runs; nobody has to ask whether to trust that. */
export async function isShipped(digest: string): Promise<boolean> {
  known ??= digests();
  return (await known).has(digest);
}
