import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';

/** The path with every symbolic link followed, or null where one leads nowhere. */
function followed(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    // DuckDB would create the target of a link that leads nowhere.
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return null;
    const parent = dirname(path);
    if (parent === path) return null;
    const real = followed(parent);
    return real === null ? null : join(real, basename(path));
  }
}

/** Whether a path, as SQL names it, stays within `folder` after following every link. */
export function isOwnFile(path: string, folder: string): boolean {
  // DuckDB reads ~ and scheme: itself; a drive letter is no scheme.
  if (path.startsWith('~') || /^[A-Za-z][\w+.-]+:/.test(path) || path.includes('\0')) return false;
  const real = followed(resolve(folder, path));
  if (real === null) return false;
  const inside = relative(realpathSync(folder), real);
  return inside !== '' && !isAbsolute(inside) && inside.split(/[\\/]/)[0] !== '..';
}
