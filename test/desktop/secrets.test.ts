import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { describe, expect, test } from 'vitest';
import { findKeychain, type Keychain } from '../../electron/keychain.ts';
import { Secrets } from '../../electron/secrets.ts';
import { asAppError } from '../../pipeline/contract/errors.ts';
import { filesHolding } from '../helpers/files-holding.ts';
import { temporaryFolder } from '../helpers/temporary-workspace.ts';

const none = { kind: 'none', problem: expect.stringMatching(/\w.*\.$/) };

/** Encrypts by turning bytes round; what begins with another mark, of three letters, is another key's. */
function cipher(mark: string) {
  return {
    encrypt: (text: string): Buffer =>
      Buffer.concat([Buffer.from(mark), Buffer.from(text).toReversed()]),
    decrypt: (bytes: Buffer): string => {
      if (!bytes.toString().startsWith(mark)) throw new Error('Error while decrypting');
      return Buffer.from(bytes.subarray(mark.length).toReversed()).toString();
    },
  };
}

/** Electron 45's safeStorage: the asynchronous half is to be used, and the deprecated one left alone. */
function storage45(more: object = {}): Partial<SafeStorage> {
  const { encrypt, decrypt } = cipher('v11');
  const deprecated = (): never => expect.fail('the deprecated API was used');
  return {
    getSelectedStorageBackend: () => 'gnome_libsecret',
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => encrypt(text),
    decryptStringAsync: async (bytes) => ({ shouldReEncrypt: false, result: decrypt(bytes) }),
    isEncryptionAvailable: deprecated,
    encryptString: deprecated,
    decryptString: deprecated,
    ...more,
  };
}

/** As it was from Electron 15 on. */
function storage15(more: object = {}): Partial<SafeStorage> {
  const { encrypt, decrypt } = cipher('v11');
  return {
    isEncryptionAvailable: () => true,
    encryptString: encrypt,
    decryptString: decrypt,
    ...more,
  };
}

async function opened(found: Promise<Keychain>): Promise<Extract<Keychain, { kind: 'keychain' }>> {
  const keychain = await found;
  if (keychain.kind === 'none') throw new Error(keychain.problem);
  return keychain;
}

describe('the keychain', () => {
  test.each([
    ['asynchronous', storage45],
    ['synchronous', storage15],
  ] as const)('is reached by the %s API', async (_name, storage) => {
    const keychain = await opened(findKeychain(storage(), 'darwin'));
    const encrypted = await keychain.encrypt('pässword');
    expect(encrypted.toString()).not.toContain('pässword');
    expect(await keychain.decrypt(encrypted)).toEqual({ text: 'pässword', isOld: false });
    await expect(keychain.decrypt(Buffer.from('other'))).rejects.toThrow('decrypting');
  });

  test('is none in Electron 9, and where the system has none to give', async () => {
    expect(await findKeychain(undefined, 'linux')).toEqual(none);
    const locked = { isAsyncEncryptionAvailable: async () => false };
    expect(await findKeychain(storage45(locked), 'darwin')).toEqual({
      kind: 'none',
      problem: 'the macOS keychain is locked or does not let Strata in.',
    });
    const sync = { isEncryptionAvailable: () => false };
    expect(await findKeychain(storage15(sync), 'win32')).toEqual(none);
    const broken = { isAsyncEncryptionAvailable: () => Promise.reject(new Error('D-Bus')) };
    const { problem } = (await findKeychain(storage45(broken), 'darwin')) as { problem: string };
    expect(problem).toContain('D-Bus');
  });

  test.each(['basic_text', 'unknown'] as const)(
    'is none on Linux where Electron would take a password that everybody knows (%s)',
    async (backend) => {
      const storage = storage45({ getSelectedStorageBackend: () => backend });
      const found = await findKeychain(storage, 'linux');
      expect(found).toEqual({
        kind: 'none',
        problem: expect.stringMatching(/gnome-keyring.*KWallet/),
      });
      expect(
        await findKeychain(storage45({ getSelectedStorageBackend: undefined }), 'linux'),
      ).toEqual(none);
      expect(await findKeychain(storage, 'win32')).toMatchObject({ kind: 'keychain' });
    },
  );

  test('on Linux is left alone when, other than it said, it encrypts with the password that everybody knows', async () => {
    const fixed = cipher('v10');
    const encryptStringAsync = async (text: string): Promise<Buffer> => fixed.encrypt(text);
    const linux = await opened(findKeychain(storage45({ encryptStringAsync }), 'linux'));
    await expect(linux.encrypt('x')).rejects.toMatchObject({ code: 'KEYCHAIN_MISSING' });
    // The same mark is a real key's on macOS.
    const mac = await opened(findKeychain(storage45({ encryptStringAsync }), 'darwin'));
    expect((await mac.encrypt('x')).toString()).toBe('v10x');
    const kwallet = storage45({ getSelectedStorageBackend: () => 'kwallet6' });
    expect(await findKeychain(kwallet, 'linux')).toMatchObject({ name: 'KWallet' });
  });
});

interface Kept {
  readonly path: string;
  readonly secrets: Secrets;
  readonly logged: string[];
  /** The same file after a restart, with whatever keychain there is then. */
  readonly again: (storage?: Partial<SafeStorage>) => Secrets;
}

async function keeping(storage: Partial<SafeStorage> | undefined = storage45()): Promise<Kept> {
  const path = join(await temporaryFolder(), 'deep', 'secrets.json');
  const logged: string[] = [];
  const again = (other: Partial<SafeStorage> | undefined = storage): Secrets =>
    new Secrets({
      path,
      keychain: () => findKeychain(other, 'darwin'),
      log: (line) => logged.push(line),
    });
  return { path, secrets: again(), logged, again };
}

/** What stands in the file, as bytes that are letters here. */
function stored(path: string): Record<string, string> {
  const { secrets } = JSON.parse(readFileSync(path, 'utf8')) as { secrets: Record<string, string> };
  return Object.fromEntries(
    Object.entries(secrets).map(([name, text]) => [name, Buffer.from(text, 'base64').toString()]),
  );
}

describe('kept passwords', () => {
  test('survive a restart, stand encrypted in a file for this user alone, and are forgotten on request', async () => {
    const { path, secrets, again } = await keeping();
    await secrets.keep('b', 'canary-b');
    await secrets.keep('__proto__', 'canary-p');
    await secrets.keep('b', 'canary-c');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(filesHolding(join(path, '..'), 'canary')).toEqual([]);
    expect(stored(path)).toEqual({ b: 'v11c-yranac', ['__proto__']: 'v11p-yranac' });
    expect(readdirSync(join(path, '..'))).toEqual(['secrets.json']);
    const later = again();
    expect(await later.reveal('b')).toBe('canary-c');
    expect(await later.reveal('__proto__')).toBe('canary-p');
    expect(await later.standing()).toEqual({
      keeper: { kind: 'keychain', name: 'the macOS keychain' },
      kept: ['__proto__', 'b'].map((name) => ({ name, readable: true })),
      notice: null,
    });
    await later.forget('b');
    await later.forget('b');
    expect(await again().reveal('b').catch(asAppError)).toMatchObject({ code: 'SECRET_UNKNOWN' });
    expect(await later.reveal('toString').catch(asAppError)).toMatchObject({
      code: 'SECRET_UNKNOWN',
    });
  });

  test('kept at the same time are all kept', async () => {
    const { secrets } = await keeping();
    const names = Array.from({ length: 20 }, (_, n) => `n${n}`);
    await Promise.all(names.map((name) => secrets.keep(name, name)));
    expect((await secrets.standing()).kept.map(({ name }) => name)).toEqual(names.toSorted());
  });

  test('that another key encrypted are told as such, listed as such, and can be typed again', async () => {
    const { secrets, again } = await keeping();
    await secrets.keep('a', 'canary');
    const reset = cipher('new');
    const later = again(
      storage45({
        encryptStringAsync: async (text: string) => reset.encrypt(text),
        decryptStringAsync: async (bytes: Buffer) => ({
          shouldReEncrypt: false,
          result: reset.decrypt(bytes),
        }),
      }),
    );
    expect(await later.reveal('a').catch(asAppError)).toMatchObject({
      code: 'SECRET_UNREADABLE',
      next: expect.stringMatching(/type it again/i),
    });
    expect((await later.standing()).kept).toEqual([{ name: 'a', readable: false }]);
    await later.keep('a', 'typed again');
    expect((await later.standing()).kept).toEqual([{ name: 'a', readable: true }]);
    expect(await later.reveal('a')).toBe('typed again');
  });

  test('under a key that goes out of use are encrypted anew, unless they were forgotten meanwhile', async () => {
    const { path, secrets, again } = await keeping();
    await secrets.keep('a', 'one');
    const before = readFileSync(path, 'utf8');
    const fresh = cipher('v12');
    const rotating = (onEncrypt: () => Promise<void>) =>
      storage45({
        encryptStringAsync: async (text: string) => onEncrypt().then(() => fresh.encrypt(text)),
        decryptStringAsync: async (bytes: Buffer) => ({
          shouldReEncrypt: true,
          result: cipher('v11').decrypt(bytes),
        }),
      });
    const forgetful = again(rotating(() => again().forget('a')));
    expect(await forgetful.reveal('a')).toBe('one');
    expect(stored(path)).toEqual({});
    writeFileSync(path, before);
    expect(await again(rotating(async () => {})).reveal('a')).toBe('one');
    expect(stored(path)).toEqual({ a: 'v12eno' });
  });

  test('are neither kept nor given where there is no keychain, but named, and forgotten', async () => {
    const { secrets, again } = await keeping();
    await secrets.keep('a', 'canary');
    const bare = again(storage45({ isAsyncEncryptionAvailable: async () => false }));
    const code = (call: Promise<unknown>): Promise<unknown> =>
      call.then(
        () => 'done',
        (error: unknown) => asAppError(error).code,
      );
    expect(await code(bare.keep('b', 'x'))).toBe('KEYCHAIN_MISSING');
    expect(await code(bare.reveal('a'))).toBe('KEYCHAIN_MISSING');
    expect(await bare.standing()).toMatchObject({ keeper: none, kept: [{ name: 'a' }] });
    expect(await code(bare.forget('a'))).toBe('done');
    expect((await secrets.standing()).kept).toEqual([]);
  });

  test.each(['', '{"secrets":{"a":', '[]', 'null', '{"secrets":[]}', '{"secrets":{"a":5}}'])(
    'in a damaged file (%s) are set aside with a word, and keeping goes on',
    async (text) => {
      const { path, secrets, logged } = await keeping();
      mkdirSync(join(path, '..'));
      writeFileSync(path, text);
      const { kept, notice } = await secrets.standing();
      expect(kept).toEqual([]);
      const [aside = ''] = readdirSync(join(path, '..'));
      expect(readFileSync(join(path, '..', aside), 'utf8')).toBe(text);
      expect(notice).toContain(aside);
      expect(logged).toEqual([notice]);
      await secrets.keep('a', 'x');
      expect(await secrets.standing()).toMatchObject({ kept: [{ name: 'a' }], notice: null });
      writeFileSync(path, text);
      await secrets.keep('b', 'y');
      expect((await secrets.standing()).notice).toContain('damaged');
    },
  );

  test('of a file that cannot be read or written are no reason to overwrite it', async () => {
    const { path, secrets } = await keeping();
    mkdirSync(path, { recursive: true });
    for (const call of [secrets.keep('a', 'x'), secrets.reveal('a'), secrets.standing()]) {
      expect(await call.catch(asAppError)).toMatchObject({ code: 'KEYCHAIN_FAILED' });
    }
    expect(statSync(path).isDirectory()).toBe(true);
  });

  test('leave no draft behind that others could read', async () => {
    const { path, secrets } = await keeping();
    mkdirSync(join(path, '..'));
    writeFileSync(`${path}.new`, 'left behind');
    chmodSync(`${path}.new`, 0o666);
    await secrets.keep('a', 'x');
    expect([statSync(path).mode & 0o777, existsSync(`${path}.new`)]).toEqual([0o600, false]);
  });

  test('that the keychain would not encrypt are told without the password', async () => {
    const encryptStringAsync = (text: string): Promise<Buffer> =>
      Promise.reject(new Error(`could not encrypt ${text}`));
    const { secrets, path } = await keeping(storage45({ encryptStringAsync }));
    const refused = await secrets.keep('a', 'canary').catch(asAppError);
    expect(refused).toMatchObject({ code: 'KEYCHAIN_FAILED' });
    expect(JSON.stringify(refused) + String(refused)).not.toContain('canary');
    expect(existsSync(path)).toBe(false);
  });
});
