import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCHEME = 'strata:';

/** What somebody asked the application to open, by double click, drop, command line or link. */
export type OpenTarget =
  | { readonly kind: 'workspace'; readonly folder: string }
  | { readonly kind: 'data'; readonly path: string }
  | { readonly kind: 'notebook'; readonly path: string }
  | { readonly kind: 'unknown'; readonly path: string };

const dataFiles = ['.csv', '.tsv', '.parquet', '.ndjson', '.jsonl', '.json', '.gz'];

export const dataExtensions = dataFiles.map((extension) => extension.slice(1));

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

export function targetOf(path: string, from: string): OpenTarget {
  const full = resolve(from, path);
  if (isFolder(full)) return { kind: 'workspace', folder: full };
  const extension = extname(full).toLowerCase();
  // A .strata file marks the workspace that it lies in.
  if (extension === '.strata' || full.endsWith('strata.json')) {
    return { kind: 'workspace', folder: dirname(full) };
  }
  if (extension === '.ipynb') return { kind: 'notebook', path: full };
  if (dataFiles.includes(extension)) return { kind: 'data', path: full };
  // A workspace that is still to be made.
  if (extension === '' && !existsSync(full)) return { kind: 'workspace', folder: full };
  return { kind: 'unknown', path: full };
}

/** The workspace whose folder of notebooks a file lies in; null where it lies elsewhere. */
export function workspaceAround(path: string): string | null {
  for (let folder = dirname(path); dirname(folder) !== folder; folder = dirname(folder)) {
    if (basename(folder) !== 'notebooks') continue;
    if (existsSync(join(dirname(folder), 'strata.json'))) return dirname(folder);
  }
  return null;
}

/** Windows would go to another machine for it, and show it who asks. */
export const isRemote = (path: string): boolean => /^[\\/]{2}/.test(path);

/**
 * The path in strata://open?folder=... or ?file=...; null for any other address. Links come from anywhere: nothing is
 * looked at before whoever follows one has been asked.
 */
export function pathOfLink(link: string): string | null {
  let address: URL;
  try {
    address = new URL(link);
  } catch {
    return null;
  }
  const path = address.searchParams.get('folder') ?? address.searchParams.get('file');
  if (address.protocol !== SCHEME || address.hostname !== 'open' || path === null) return null;
  // Only what a person could have typed in full: nothing relative to wherever the application runs.
  const isFull = /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('/');
  const climbs = path.split(/[\\/]/).includes('..');
  return isFull && !climbs && !isRemote(path) ? path : null;
}

export interface Asked {
  readonly targets: readonly OpenTarget[];
  /** Paths that links name; opened only after a question. */
  readonly links: readonly string[];
  readonly demo: boolean;
}

/**
 * What a command line asks for. Switches are Chromium's or Electron's, wherever they stand; where the application is not
 * packaged, the first thing named is its own folder.
 */
export function askedBy(
  args: readonly string[],
  options: { readonly from: string; readonly isPackaged: boolean },
): Asked {
  const named = args.slice(1).filter((arg) => arg !== '' && !arg.startsWith('-'));
  if (!options.isPackaged) named.shift();
  const links = named.filter((arg) => arg.startsWith(SCHEME));
  const paths = named
    .filter((arg) => !arg.startsWith(SCHEME))
    // Linux desktops pass what they open as addresses.
    .map((arg) => (arg.startsWith('file://') ? fileURLToPath(arg) : arg));
  return {
    targets: paths.map((path) => targetOf(path, options.from)),
    links: links.map(pathOfLink).filter((path) => path !== null),
    demo: args.includes('--demo'),
  };
}
