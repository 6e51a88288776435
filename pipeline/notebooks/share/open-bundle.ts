import { strFromU8, unzipSync } from 'fflate';
import { AppError, asAppError } from '../../contract/errors.ts';
import { describeIssues } from '../cells/describe-issues.ts';
import { quoted } from '../cells/nearest.ts';
import { tooDeepAt } from '../document/json-depth.ts';
import type { NotebookDocument } from '../document/notebook-document.ts';
import { readNotebook } from '../document/read-notebook.ts';
import {
  bundleFormat,
  bundleManifest,
  type BundleManifest,
  manifestFile,
  notebookFile,
} from './bundle-manifest.ts';
import { sha256 } from './hashes.ts';
import type { SharedData } from './read-shared.ts';

const megabyte = 1e6;
const mostFiles = 1000;

export interface OpenBundle {
  readonly document: NotebookDocument;
  readonly manifest: BundleManifest;
  readonly tables: readonly SharedData[];
}

const invalid = (problem: string, cause?: unknown): AppError =>
  new AppError('NOTEBOOK_BUNDLE_INVALID', { problem }, { cause });

/** Names that stay within a folder wherever the bundle is unpacked. */
const isSafeName = (name: string): boolean =>
  /^[\w.%!'()*~-]+(\/[\w.%!'()*~-]+)?$/.test(name) && !/(^|\/)\.+($|\/)/.test(name);

function unpack(bytes: Uint8Array, limit: number): Map<string, Uint8Array> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw invalid('it is no zip archive.');
  const seen = new Set<string>();
  let size = 0;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!isSafeName(name)) throw invalid(`it holds a file with the name ${quoted(name)}.`);
        if (seen.has(name)) throw invalid(`it holds ${quoted(name)} twice.`);
        seen.add(name);
        size += originalSize;
        if (seen.size > mostFiles) throw invalid(`it holds more than ${mostFiles} files.`);
        if (!(size <= limit)) {
          throw invalid(`unpacked it is larger than ${Math.round(limit / megabyte)} MB.`);
        }
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { message } = asAppError(error);
    throw invalid(`its zip archive is damaged (${message}).`, error);
  }
}

function readManifest(bytes: Uint8Array | undefined): BundleManifest {
  if (bytes === undefined) throw invalid(`it has no ${manifestFile}.`);
  const text = strFromU8(bytes);
  let raw: unknown;
  try {
    if (tooDeepAt(text) !== null) throw new RangeError('it nests too deep');
    raw = JSON.parse(text);
  } catch (error) {
    throw invalid(`its ${manifestFile} is not JSON.`, error);
  }
  const format = (raw as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > bundleFormat) {
    throw invalid(
      `it was made by a newer Strata (format ${format}, this one reads ${bundleFormat}).`,
    );
  }
  const parsed = bundleManifest.safeParse(raw);
  if (parsed.success) return parsed.data;
  const known = Object.keys(bundleManifest.shape);
  throw invalid(`its ${manifestFile}: ${describeIssues(parsed.error, known)}`);
}

/** Every file is one that the manifest names, with the bytes that it had when the bundle was made. */
async function checkFiles(
  files: ReadonlyMap<string, Uint8Array>,
  manifest: BundleManifest,
): Promise<void> {
  for (const [name, hash] of Object.entries(manifest.files)) {
    const bytes = files.get(name);
    if (bytes === undefined) throw invalid(`${quoted(name)} is missing.`);
    if ((await sha256(bytes)) !== hash) {
      throw invalid(`${quoted(name)} is not what it was when the bundle was made.`);
    }
  }
  for (const name of files.keys()) {
    if (name !== manifestFile && !Object.hasOwn(manifest.files, name)) {
      throw invalid(`it holds ${quoted(name)}, which its ${manifestFile} does not name.`);
    }
  }
}

function tablesOf(files: ReadonlyMap<string, Uint8Array>, manifest: BundleManifest): SharedData[] {
  return manifest.tables.map(({ name, kind, file, rows }) => {
    const ipc = files.get(file);
    if (ipc === undefined || !file.startsWith('data/')) {
      throw invalid(`the table ${quoted(name)} has no data.`);
    }
    return { name, kind, rows, columns: [], ipc };
  });
}

/**
 * Reads a bundle, of which nothing is believed before it was checked: names, sizes, hashes. `limit` is how many bytes it may
 * have when unpacked. Throws NOTEBOOK_BUNDLE_INVALID with a sentence.
 */
export async function openBundle(
  bytes: Uint8Array,
  { limit = 2000 * megabyte }: { readonly limit?: number } = {},
): Promise<OpenBundle> {
  const files = unpack(bytes, limit);
  const manifest = readManifest(files.get(manifestFile));
  await checkFiles(files, manifest);
  const notebook = files.get(notebookFile);
  if (notebook === undefined) throw invalid(`it has no ${notebookFile}.`);
  try {
    return { document: readNotebook(notebook), manifest, tables: tablesOf(files, manifest) };
  } catch (error) {
    const { code, message } = asAppError(error);
    throw code === 'NOTEBOOK_BUNDLE_INVALID' ? error : invalid(message, error);
  }
}
