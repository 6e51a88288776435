import { AppError } from '../../contract/errors.ts';

export type FileFormat = 'csv' | 'ndjson' | 'json' | 'parquet';

const byExtension: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  parquet: 'parquet',
  pq: 'parquet',
};

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean =>
  prefix.every((byte, i) => bytes[i] === byte);

const NOT_UTF8 = 'it is UTF-16, while Strata reads UTF-8; save it as UTF-8';

/** Tells the format from the name and the first bytes (already decompressed). */
export function detectFormat(path: string, start: Uint8Array): FileFormat {
  if (startsWith(start, 0x50, 0x41, 0x52, 0x31)) return 'parquet';
  if (startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff)) {
    throw new AppError('FILE_FORMAT', { path, problem: NOT_UTF8 });
  }
  if (startsWith(start, 0x50, 0x4b, 0x03, 0x04)) {
    throw new AppError('FILE_FORMAT', { path, problem: 'it is a ZIP archive; unpack it first' });
  }
  const extension = path.toLowerCase().replace(/\.gz$/, '').split('.').at(-1) ?? '';
  if (Object.hasOwn(byExtension, extension)) {
    const format = byExtension[extension];
    if (format === 'parquet') {
      throw new AppError('FILE_UNREADABLE', { path, problem: 'it does not start as Parquet does' });
    }
    if (format !== undefined) return format;
  }
  return sniff(path, start);
}

function sniff(path: string, start: Uint8Array): FileFormat {
  const text = new TextDecoder().decode(start.subarray(0, 65_536)).replace(/^\uFEFF/, '');
  const body = text.trimStart();
  if (body.startsWith('[')) return 'json';
  if (body.startsWith('{')) {
    // A whole object on the first line is a record a line; a pretty-printed one goes on below.
    const [first = ''] = body.split('\n', 1);
    return /}\s*$/.test(first) ? 'ndjson' : 'json';
  }
  const [header = ''] = body.split(/\r?\n/, 1);
  if (!start.subarray(0, 65_536).includes(0) && /[,;\t|]/.test(header)) return 'csv';
  throw new AppError('FILE_FORMAT', {
    path,
    problem: 'its name and its first bytes fit no known format',
  });
}
