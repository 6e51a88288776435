import { AppError } from '../../pipeline/contract/errors.ts';
import type { SecretsStanding } from '../../pipeline/contract/secrets.ts';
import type { SecretStore } from '../../pipeline/host/secret-store.ts';

/** A keychain of a test: what is kept stands in a map, and it is missing where the test says why. */
export class MemorySecrets implements SecretStore {
  readonly values = new Map<string, string>();
  readonly unreadable = new Set<string>();
  problem: string | null = null;

  async standing(): Promise<SecretsStanding> {
    const { problem } = this;
    return {
      keeper:
        problem === null
          ? { kind: 'keychain', name: "the test's keychain" }
          : { kind: 'none', problem },
      kept: [...this.values.keys()].map((name) => ({ name, readable: !this.unreadable.has(name) })),
      notice: null,
    };
  }

  async keep(name: string, value: string): Promise<void> {
    if (this.problem !== null) throw new AppError('KEYCHAIN_MISSING', { problem: this.problem });
    this.values.set(name, value);
    this.unreadable.delete(name);
  }

  async forget(name: string): Promise<void> {
    this.values.delete(name);
  }

  async reveal(name: string): Promise<string> {
    const value = this.values.get(name);
    if (value === undefined) throw new AppError('SECRET_UNKNOWN', { name });
    return value;
  }
}
