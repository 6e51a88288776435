import type { ExportFormat } from '../../contract/notebook.ts';
import type { Call } from '../../engine/table-engine.ts';
import { headingOf } from '../document/notebook-title.ts';
import { writeNotebook } from '../document/write-notebook.ts';
import { writeBundle } from './bundle.ts';
import { liveHtml } from './live-html.ts';
import {
  prepareExport,
  type PreparedExport,
  type PreparePorts,
  type PrepareRequest,
} from './prepare-export.ts';
import type { ReaderPorts } from './rerun.ts';
import { staticHtml } from './static-html.ts';

export interface ExportPorts extends PreparePorts {
  /** The reader's page, with its placeholders. */
  readonly readerTemplate: () => Promise<string>;
  readonly printPdf: (html: string, call: Call) => Promise<Uint8Array>;
  /** The version of Strata. */
  readonly strata: string;
}

export interface ExportRequest extends PrepareRequest {
  /** Of the file, without its ending. */
  readonly name: string;
}

export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const endings: Readonly<Record<ExportFormat, string>> = {
  ipynb: 'ipynb',
  html: 'html',
  static: 'html',
  pdf: 'pdf',
  bundle: 'zip',
};

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Of the engine that would have made outputs. */
async function readerVersion({ startReader }: ReaderPorts): Promise<string> {
  const reader = await startReader();
  try {
    return await reader.version();
  } finally {
    await reader.close();
  }
}

async function bytesOf(
  { format, name, signal }: ExportRequest,
  prepared: PreparedExport,
  ports: ExportPorts,
): Promise<Uint8Array> {
  const { document, tables, choices, record } = prepared;
  const title = headingOf(document) ?? name;
  switch (format) {
    case 'ipynb':
      return encode(writeNotebook(document));
    case 'static':
      return encode(staticHtml(document, { title }));
    case 'pdf':
      return ports.printPdf(
        staticHtml(document, { title }),
        signal === undefined ? {} : { signal },
      );
    case 'html': {
      const template = await ports.readerTemplate();
      return encode(liveHtml({ template, title, document, record, tables }));
    }
    case 'bundle':
      return writeBundle({
        document,
        tables,
        choices,
        versions: {
          strata: ports.strata,
          duckdb: prepared.duckdb ?? (await readerVersion(ports)),
        },
      });
  }
}

/** A notebook as a file for others: nothing is in it but what was made anew from what was chosen to leave. */
export async function exportNotebook(
  request: ExportRequest,
  ports: ExportPorts,
): Promise<ExportedFile> {
  const prepared = await prepareExport(request, ports);
  const bytes = await bytesOf(request, prepared, ports);
  return { name: `${request.name}.${endings[request.format]}`, bytes };
}
