import { AppError } from '../contract/errors.ts';
import type { SecretsStanding } from '../contract/secrets.ts';

/** Where passwords are kept between runs. The contract leads to all of it but `reveal`, which is for jobs. */
export interface SecretStore {
  standing(): Promise<SecretsStanding>;
  keep(name: string, value: string): Promise<void>;
  /** Does nothing where nothing is kept under the name. */
  forget(name: string): Promise<void>;
  /** Throws SECRET_UNKNOWN or SECRET_UNREADABLE where there is nothing to give. */
  reveal(name: string): Promise<string>;
}

const problem = 'passwords are kept by the desktop application only.';

const missing = (): Promise<never> => Promise.reject(new AppError('KEYCHAIN_MISSING', { problem }));

/** The store of a host without a shell around it: it keeps nothing. */
export const noSecretStore: SecretStore = {
  standing: () => Promise.resolve({ keeper: { kind: 'none', problem }, kept: [], notice: null }),
  keep: missing,
  forget: () => Promise.resolve(),
  reveal: missing,
};
