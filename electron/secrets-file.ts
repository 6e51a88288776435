import { readFileSync, renameSync } from 'node:fs';
import { AppError } from '../pipeline/contract/errors.ts';
import { isMissing, writeWhole } from './write-whole.ts';

/** Ciphertexts in base64, by the names that they are kept under. */
export type Ciphertexts = ReadonlyMap<string, string>;

const failed = (problem: string, cause: unknown): AppError =>
  new AppError('KEYCHAIN_FAILED', { problem }, { cause });

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Null where the text is not what writeSecrets writes. */
function parse(text: string): Ciphertexts | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof json !== 'object' || json === null) return null;
  const { secrets } = json as Record<string, unknown>;
  if (typeof secrets !== 'object' || secrets === null || Array.isArray(secrets)) return null;
  const entries = Object.entries(secrets as Record<string, unknown>);
  const whole = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return whole.length === entries.length ? new Map(whole) : null;
}

/** What is kept; a damaged file is set aside, and `onDamage` learns where it stands now. */
export function readSecrets(path: string, onDamage: (aside: string) => void): Ciphertexts {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return new Map();
    throw failed(`${path} cannot be read: ${words(error)}.`, error);
  }
  const kept = parse(text);
  if (kept !== null) return kept;
  const aside = `${path}.damaged-${new Date().toISOString().replace(/\D/g, '')}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    throw failed(`${path} is damaged and cannot be set aside: ${words(error)}.`, error);
  }
  onDamage(aside);
  return new Map();
}

/** All at once or not at all, for this user's eyes only. */
export function writeSecrets(path: string, secrets: Ciphertexts): void {
  try {
    writeWhole(path, `${JSON.stringify({ secrets: Object.fromEntries(secrets) }, null, 2)}\n`);
  } catch (error) {
    throw failed(`${path} cannot be written: ${words(error)}.`, error);
  }
}
