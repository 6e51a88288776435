import { AppError } from '../../contract/errors.ts';

const longest = 200;
/** File systems allow 255 bytes, and the unfinished file needs five more than the finished one. */
const mostBytes = 240;

/** Devices that Windows finds in every folder, whatever follows the first dot. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

function problemOf(name: string): string | null {
  if (name === '') return 'it has no name';
  if (name.length > longest || Buffer.byteLength(name) > mostBytes) return 'its name is too long';
  if (name.startsWith('.')) return 'its name starts with a dot';
  if (/[/\\]/.test(name)) return 'its name contains a separator of folders';
  if (/\p{C}|\p{Zl}|\p{Zp}/u.test(name))
    return 'its name contains characters that cannot be printed';
  if (/[<>:"|?*]/.test(name) || /[. ]$/.test(name) || device.test(name)) {
    return 'its name is not allowed on every system';
  }
  if (/\.part$/i.test(name)) return 'names that end in .part are kept for unfinished uploads';
  return null;
}

/** The file name in the last part of `/files/NAME`, or UPLOAD_FAILED: one plain name that every system can hold. */
export function uploadName(encoded: string): string {
  let name: string;
  try {
    name = decodeURIComponent(encoded).normalize('NFC');
  } catch (cause) {
    const problem = 'its name is not properly encoded';
    throw new AppError('UPLOAD_FAILED', { name: encoded.slice(0, longest), problem }, { cause });
  }
  const problem = problemOf(name);
  if (problem === null) return name;
  const shown = name.slice(0, longest).replaceAll(/\p{C}/gu, '\u{fffd}');
  throw new AppError('UPLOAD_FAILED', { name: shown, problem });
}
