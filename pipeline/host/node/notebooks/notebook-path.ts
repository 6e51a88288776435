import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../../contract/errors.ts';

const ending = '.ipynb';
const longest = 80;

const refused = (path: string, problem: string) => new AppError('NOTEBOOK_PATH', { path, problem });

/** The real path of what need not be there yet: below the real one of the nearest parent that is. */
function realPath(path: string): string {
  for (let known = path; ; known = dirname(known)) {
    try {
      return join(realpathSync.native(known), relative(known, path));
    } catch {
      if (dirname(known) === known) return path;
    }
  }
}

/** Where a notebook lies on the disk; throws NOTEBOOK_PATH for what would leave the folder, also by a symbolic link. */
export function notebookPath(folder: string, path: string): string {
  const parts = path.split('/');
  const odd = parts.some((part) => part === '' || part.startsWith('.') || /[\\:\0]/.test(part));
  if (odd) throw refused(path, 'it is not a name within the folder of notebooks');
  if (!path.endsWith(ending)) throw refused(path, `it does not end in ${ending}`);
  const full = resolve(join(folder, ...parts));
  const root = realpathSync.native(folder);
  const real = realPath(full);
  if (!real.startsWith(root + sep)) throw refused(path, 'a link leads elsewhere');
  return real;
}

/** A path as the folder itself has it: without links, and in its own capitals. */
export function ownPath(folder: string, path: string): string {
  const own = relative(realpathSync.native(folder), notebookPath(folder, path));
  const name = own.split(sep).join('/');
  try {
    notebookPath(folder, name);
    return name;
  } catch {
    // A link to what is no notebook by its name.
    return path;
  }
}

/** A file name that every system takes, made of a title. */
export function fileNameOf(title: string): string {
  const plain = title
    .normalize('NFC')
    .replaceAll(/\.ipynb$/gi, '')
    .replaceAll(/[^\p{L}\p{N} _-]+/gu, ' ')
    .trim()
    .replaceAll(/\s+/g, '-')
    .slice(0, longest)
    .toLowerCase();
  // Windows keeps these names for devices.
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/.test(plain);
  return plain === '' || reserved ? `notebook${plain === '' ? '' : `-${plain}`}` : plain;
}
