import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/**
 * The file under `root` (a real path) that a request path names, or null if there is none that may be served.
 * Decoded once, part by part: nothing in a part may be a separator, a dot file, a drive or a NUL; no link leads out.
 */
export async function staticPath(root: string, requestPath: string): Promise<string | null> {
  if (!requestPath.startsWith('/')) return null;
  const parts: string[] = [];
  for (const encoded of requestPath.slice(1).split('/')) {
    const part = decoded(encoded);
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused here
    if (part === null || part.startsWith('.') || /[/\\:\u0000-\u001f]/.test(part)) return null;
    parts.push(part);
  }
  if (parts.length === 1 && parts[0] === '') parts[0] = 'index.html';
  if (parts.includes('')) return null;
  return insideRoot(root, join(root, ...parts));
}

/** The path with its links resolved, or null if that is not within `root` or does not exist. */
export async function insideRoot(root: string, path: string): Promise<string | null> {
  try {
    const real = await realpath(path);
    return real.startsWith(root.endsWith(sep) ? root : root + sep) ? real : null;
  } catch {
    return null;
  }
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
