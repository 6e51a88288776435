import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

function removeDraft(draft: string): void {
  try {
    unlinkSync(draft);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Replaces a file all at once or not at all, for this user's eyes only. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.new`;
  mkdirSync(dirname(path), { recursive: true });
  // One that was left behind could be readable by others, and would stay so.
  removeDraft(draft);
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
