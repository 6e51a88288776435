import type { SafeStorage } from 'electron';
import { AppError } from '../pipeline/contract/errors.ts';

export interface Decrypted {
  readonly text: string;
  /** Encrypted under a key that is going out of use. */
  readonly isOld: boolean;
}

/** What encrypts for one user of one computer, or why nothing here does. */
export type Keychain =
  | {
      readonly kind: 'keychain';
      readonly name: string;
      encrypt(text: string): Promise<Buffer>;
      /** Rejects where the bytes are another user's or another key's. */
      decrypt(bytes: Buffer): Promise<Decrypted>;
    }
  | { readonly kind: 'none'; readonly problem: string };

/** Chromium's mark on what is encrypted with a password that stands in its source. */
const FIXED_PASSWORD = 'v10';

const noRing =
  'no keyring is at work in this session; install and unlock gnome-keyring or KWallet, then start Strata again.';

const none = (problem: string): Keychain => ({ kind: 'none', problem });

/** Null where there is none. With `basic_text` Electron would encrypt, but with a password that everybody can look up. */
function linuxRing(storage: Partial<SafeStorage>): string | null {
  const backend = storage.getSelectedStorageBackend?.() ?? 'unknown';
  if (backend === 'gnome_libsecret') return 'the keyring of this desktop';
  return backend.startsWith('kwallet') ? 'KWallet' : null;
}

function nameOn(platform: NodeJS.Platform, storage: Partial<SafeStorage>): string | null {
  if (platform === 'darwin') return 'the macOS keychain';
  return platform === 'win32' ? 'the data protection of Windows' : linuxRing(storage);
}

const isAvailable = (storage: Partial<SafeStorage>): Promise<boolean> | boolean =>
  storage.isAsyncEncryptionAvailable?.() ?? storage.isEncryptionAvailable?.() ?? false;

async function encrypted(storage: Partial<SafeStorage>, text: string): Promise<Buffer> {
  const bytes = (await storage.encryptStringAsync?.(text)) ?? storage.encryptString?.(text);
  if (bytes === undefined) throw new Error('this Electron does not encrypt');
  return bytes;
}

async function decrypted(storage: Partial<SafeStorage>, bytes: Buffer): Promise<Decrypted> {
  const found = await storage.decryptStringAsync?.(bytes);
  if (found !== undefined) return { text: found.result, isOld: found.shouldReEncrypt };
  const text = storage.decryptString?.(bytes);
  if (text === undefined) throw new Error('this Electron does not decrypt');
  return { text, isOld: false };
}

/** The keychain behind Electron's safeStorage. Asking for it may make the system show a prompt. */
export async function findKeychain(
  storage: Partial<SafeStorage> | undefined,
  platform: NodeJS.Platform,
): Promise<Keychain> {
  if (storage === undefined) return none('this version of Electron has no way to one.');
  try {
    const name = nameOn(platform, storage);
    if (name === null) return none(noRing);
    if (!(await isAvailable(storage))) return none(`${name} is locked or does not let Strata in.`);
    return {
      kind: 'keychain',
      name,
      encrypt: async (text) => {
        const bytes = await encrypted(storage, text);
        if (platform !== 'linux' || bytes.toString('latin1', 0, 3) !== FIXED_PASSWORD) return bytes;
        throw new AppError('KEYCHAIN_MISSING', { problem: noRing });
      },
      decrypt: (bytes) => decrypted(storage, bytes),
    };
  } catch (error) {
    return none(`asked for one, the system failed: ${String(error)}.`);
  }
}
