import { AppError } from '../pipeline/contract/errors.ts';
import type { SecretsStanding } from '../pipeline/contract/secrets.ts';
import type { SecretStore } from '../pipeline/host/secret-store.ts';
import type { Keychain } from './keychain.ts';
import { readSecrets, type Ciphertexts, writeSecrets } from './secrets-file.ts';

interface SecretsOptions {
  /** Holds ciphertexts; of all workspaces, since what a password is for stands in its name. */
  readonly path: string;
  readonly keychain: () => Promise<Keychain>;
  readonly log: (line: string) => void;
}

type OpenKeychain = Extract<Keychain, { kind: 'keychain' }>;

/** The passwords of this user, encrypted by the system's keychain. */
export class Secrets implements SecretStore {
  readonly #options: SecretsOptions;
  /** Names of what could not be decrypted, since the application started. */
  readonly #unreadable = new Set<string>();
  #notice: string | null = null;

  constructor(options: SecretsOptions) {
    this.#options = options;
  }

  async standing(): Promise<SecretsStanding> {
    const keychain = await this.#options.keychain();
    const names = [...this.#read().keys()].toSorted();
    return {
      keeper:
        keychain.kind === 'none'
          ? { kind: 'none', problem: keychain.problem }
          : { kind: 'keychain', name: keychain.name },
      kept: names.map((name) => ({ name, readable: !this.#unreadable.has(name) })),
      notice: this.#notice,
    };
  }

  async keep(name: string, value: string): Promise<void> {
    const keychain = await this.#open();
    const encrypted = await this.#encrypt(keychain, value);
    // Who keeps something anew has seen what was told before.
    this.#notice = null;
    this.#write(new Map([...this.#read(), [name, encrypted]]));
    this.#unreadable.delete(name);
  }

  async forget(name: string): Promise<void> {
    const kept = new Map(this.#read());
    if (kept.delete(name)) this.#write(kept);
    this.#unreadable.delete(name);
  }

  async reveal(name: string): Promise<string> {
    const encrypted = this.#read().get(name);
    if (encrypted === undefined) throw new AppError('SECRET_UNKNOWN', { name });
    const keychain = await this.#open();
    const decrypted = keychain.decrypt(Buffer.from(encrypted, 'base64'));
    const { text, isOld } = await decrypted.catch((cause: unknown) => {
      this.#unreadable.add(name);
      throw new AppError('SECRET_UNREADABLE', { name }, { cause });
    });
    this.#unreadable.delete(name);
    if (isOld) await this.#renew(keychain, { name, encrypted, text });
    return text;
  }

  /** Encrypts under the present key, unless the secret was changed or forgotten meanwhile. */
  async #renew(
    keychain: OpenKeychain,
    old: { name: string; encrypted: string; text: string },
  ): Promise<void> {
    try {
      const renewed = await this.#encrypt(keychain, old.text);
      const kept = this.#read();
      if (kept.get(old.name) === old.encrypted)
        this.#write(new Map([...kept, [old.name, renewed]]));
    } catch (error) {
      // It can still be read as it is.
      this.#options.log(`a kept password was not encrypted anew: ${String(error)}`);
    }
  }

  async #open(): Promise<OpenKeychain> {
    const keychain = await this.#options.keychain();
    if (keychain.kind === 'keychain') return keychain;
    throw new AppError('KEYCHAIN_MISSING', { problem: keychain.problem });
  }

  async #encrypt(keychain: OpenKeychain, text: string): Promise<string> {
    try {
      return (await keychain.encrypt(text)).toString('base64');
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new AppError('KEYCHAIN_FAILED', { problem: 'it did not encrypt.' }, { cause });
    }
  }

  #read(): Ciphertexts {
    return readSecrets(this.#options.path, (aside) => {
      this.#notice = `The file of kept passwords was damaged. It now stands at ${aside}; type the passwords again.`;
      this.#options.log(this.#notice);
    });
  }

  #write(secrets: Ciphertexts): void {
    writeSecrets(this.#options.path, secrets);
  }
}
