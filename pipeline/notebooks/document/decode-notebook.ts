import { AppError } from '../../contract/errors.ts';
import { invalidNotebook, placeOf } from './notebook-fault.ts';

const megabyte = 1_000_000;
const maximumMegabytes = 200;

const beginsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);

/** What a file is instead, told by its first bytes; null where it may be text. */
function otherThanText(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return 'the file is empty.';
  if (beginsWith(bytes, 0x1f, 0x8b)) return 'it is compressed with gzip; unpack it first.';
  if (beginsWith(bytes, 0x50, 0x4b, 3, 4)) return 'it is a ZIP archive; unpack it first.';
  if (beginsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'it is a PDF, not a notebook.';
  const utf16 =
    beginsWith(bytes, 0xff, 0xfe) ||
    beginsWith(bytes, 0xfe, 0xff) ||
    (bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0));
  if (utf16) return 'it is written in UTF-16; save it as UTF-8.';
  if (bytes.subarray(0, 4096).includes(0)) return 'it is a binary file, not a notebook.';
  return null;
}

/** How many bytes from the start are UTF-8, found by halving: a beginning that may go on is taken as it is. */
function goodBytes(bytes: Uint8Array): number {
  let good = 0;
  for (let bad = bytes.length + 1; bad - good > 1;) {
    const middle = (good + bad) >> 1;
    try {
      const decoder = new TextDecoder('utf-8', { fatal: true });
      decoder.decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const before = new TextDecoder().decode(bytes.subarray(0, goodBytes(bytes)));
    throw invalidNotebook(
      `${placeOf(before, before.length)} holds a byte that is not UTF-8; save the file as UTF-8.`,
      cause,
    );
  }
}

/** What a text is instead, told by how it begins; null where it may be JSON. */
function otherThanJson(text: string): string | null {
  const start = text.slice(0, 400).trimStart();
  if (start === '' && text.trim() === '') return 'the file holds nothing but blank space.';
  if (start.startsWith('<') && !start.startsWith('<<<<<<<')) {
    return 'it is a web page (HTML or XML), such as an error or a sign-in page saved in the place of the notebook.';
  }
  if (start.startsWith('version https://git-lfs.github.com/spec/')) {
    return 'it is a pointer of Git LFS, not the notebook; run "git lfs pull" to fetch it.';
  }
  return null;
}

/** The text of a file, a byte order mark included; throws a sentence for what is plainly something else. */
export function decodeNotebook(bytes: Uint8Array): string {
  if (bytes.length > maximumMegabytes * megabyte) {
    throw new AppError('NOTEBOOK_TOO_LARGE', {
      size: Math.ceil(bytes.length / megabyte),
      limit: maximumMegabytes,
    });
  }
  const binary = otherThanText(bytes);
  if (binary !== null) throw invalidNotebook(binary);
  const text = textOf(bytes);
  const other = otherThanJson(text.replace(/^\uFEFF/, ''));
  if (other !== null) throw invalidNotebook(other);
  return text;
}
