import { strToU8, zipSync } from 'fflate';
import type { ShareChoices } from '../../contract/notebook.ts';
import { formatJson, nbformatStyle } from '../document/format-json.ts';
import type { NotebookDocument } from '../document/notebook-document.ts';
import { writeNotebook } from '../document/write-notebook.ts';
import {
  bundleFormat,
  type BundleManifest,
  manifestFile,
  notebookFile,
} from './bundle-manifest.ts';
import { outputHashes, sha256 } from './hashes.ts';
import type { SharedData } from './read-shared.ts';

const readme = `A notebook with its data, which another machine can run again.

notebook.ipynb  the notebook and its results; Jupyter, VS Code and Strata open it
data/           its tables as Apache Arrow IPC streams, as they were chosen to leave
manifest.json   versions, what was chosen, and a SHA-256 of every file and of every cell's results

Run it again and compare:   strata notebook replay FILE.zip
`;

/** A zip knows years from 1980 on; one day for all files, so that the same bundle has the same bytes. */
const day = new Date(1980, 0, 1, 12);

const fileOf = ({ name, kind }: SharedData): string =>
  `data/${kind === 'panel' ? 'panel.' : ''}${encodeURIComponent(name)}.arrow`;

export interface BundleOptions {
  readonly document: NotebookDocument;
  readonly tables: readonly SharedData[];
  /** As they are written down. */
  readonly choices: ShareChoices;
  readonly versions: BundleManifest['versions'];
}

/** A zip with a notebook, its tables, and the hashes of all of it. */
export async function writeBundle(options: BundleOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { document, tables, choices, versions } = options;
  const files = new Map<string, Uint8Array>([
    [notebookFile, strToU8(writeNotebook({ ...document, text: null }))],
    ['README.txt', strToU8(readme)],
    ...tables.map((table) => [fileOf(table), table.ipc] as const),
  ]);
  const hashes: [string, string][] = [];
  for (const [name, bytes] of files) hashes.push([name, await sha256(bytes)]);
  const manifest: BundleManifest = {
    format: bundleFormat,
    versions,
    choices,
    tables: tables.map((table) => ({
      name: table.name,
      kind: table.kind,
      file: fileOf(table),
      rows: table.rows,
    })),
    files: Object.fromEntries(hashes),
    outputs: choices.outputs ? await outputHashes(document) : {},
  };
  files.set(manifestFile, strToU8(`${formatJson(manifest, nbformatStyle, 0)}\n`));
  return zipSync(Object.fromEntries(files), { level: 6, mtime: day });
}
